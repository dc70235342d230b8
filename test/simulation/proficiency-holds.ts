import { AgencyListed } from '../../events/agencies.ts';
import { EntryCompensated, EntryOpened } from '../../events/integrity.ts';
import { NoticeSent } from '../../events/notifications.ts';
import {
  ConsecutiveFailureDetected,
  ConsecutiveFailureRevoked,
  OnSiteAssessmentRecorded,
  ProficiencyAbsenceRecorded,
  ProficiencyResultCorrected,
  ProficiencyResultsDue,
  ProficiencyTestFailed,
  ProficiencyTestPassed,
  ProficiencyTestWarned,
  RectificationCancelled,
  RectificationDrawnUp,
  RectificationFailed,
  RectificationNumbered,
  RectificationOrdered,
  RectificationSubmitted,
} from '../../events/proficiency.ts';
import {
  BusinessScopeCancelled,
  BusinessScopeRestored,
  CancellationDecided,
  CancellationNumbered,
  CancellationWithdrawn,
  InstitutionRegistered,
} from '../../events/registry.ts';
import { BreachFound, DecisionNumbered } from '../../events/sanctions.ts';
import type { Json, ListingRow } from '../../functions/kernel/ports.ts';
import { AGENCIES, ROSTER_KINDS, SEATS } from './acts/people.ts';

interface Event {
  readonly name: string;
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
}
export interface Written {
  readonly stream: string;
  readonly events: readonly Event[];
}

/** What the run wrote, event by event. */
class Book {
  readonly all: readonly Event[];
  constructor(commits: readonly Written[]) {
    this.all = commits.flatMap(({ events }) => events);
  }
  of(...definitions: readonly { readonly name: string }[]): readonly Event[] {
    return this.all.filter(({ name }) => definitions.some((each) => each.name === name));
  }
  /** Values of a field in events of a kind, each as often as it stands there. */
  named(field: string, ...definitions: readonly { readonly name: string }[]): readonly string[] {
    return this.of(...definitions).map(({ data }) => String(data[field]));
  }
}

/** What must hold of proficiency testing and striking off when a run has come to rest: by what it wrote alone, whatever the rules say. */
export function proficiencyFaults(commits: readonly Written[], rows: readonly ListingRow[]): string[] {
  const book = new Book(commits);
  return [pairFaults(commits), dueFaults(book), rectificationFaults(book), strikeFaults(book, rows), entryFaults(book), numberFaults(book), toldFaults(book)]
    .flatMap((faults) => faults.slice(0, 3))
    .slice(0, 6);
}

const RESULTS: readonly { readonly name: string }[] = [ProficiencyTestPassed, ProficiencyTestWarned, ProficiencyTestFailed, ProficiencyAbsenceRecorded];
const isResult = ({ name }: Event) => RESULTS.some((each) => each.name === name);

/** 连续两年: after every commit exactly the pairs of consecutive failed years stand detected. */
function pairFaults(commits: readonly Written[]): string[] {
  return [...Map.groupBy(commits, ({ stream }) => stream)].flatMap(([stream, list]) => {
    const tests = new Map<number, boolean>();
    const assessments = new Map<number, boolean>();
    const detected = new Map<number, string>();
    const failed = (year: number) => (tests.get(year) ?? false) || (assessments.get(year) ?? false);
    return list.flatMap(({ events }) => {
      for (const event of events) {
        const { name, id, data } = event;
        const year = Number(data.year);
        if (isResult(event)) tests.set(year, name === ProficiencyTestFailed.name || data.counts === true);
        else if (name === ProficiencyResultCorrected.name) tests.delete(year);
        else if (name === OnSiteAssessmentRecorded.name) assessments.set(year, data.counts === true);
        else if (name === ConsecutiveFailureDetected.name) detected.set(year, id);
        else if (name === ConsecutiveFailureRevoked.name && detected.get(year) === data.detected) detected.delete(year);
      }
      const pairs = [...new Set([...tests.keys(), ...assessments.keys()])].filter((year) => failed(year) && failed(year - 1));
      return same(pairs.map(String), [...detected.keys()].map(String)) ? [] : [`failed pairs of ${stream} are ${pairs}, detected are ${[...detected.keys()]}`];
    });
  });
}

/** 缺席: whoever owed a result when a round was closed has, or had, one. */
function dueFaults(book: Book): string[] {
  const place = ({ data }: Event, institution: unknown) => `${institution} ${data.item} ${data.year}`;
  const had = new Set(book.all.filter(isResult).map((event) => place(event, event.data.institution)));
  return book
    .of(ProficiencyResultsDue)
    .flatMap((event) => (event.data.institutions as string[]).map((each) => place(event, each)))
    .filter((each) => !had.has(each))
    .map((each) => `nothing was recorded of ${each} when its round was closed`);
}

/** 限期整改: drawn up once for every pair that stands, cancelled once for every one that was revoked, never lapsed once submitted. */
function rectificationFaults(book: Book): string[] {
  const detected = book.of(ConsecutiveFailureDetected).map(({ id }) => id);
  const revoked = book.named('detected', ConsecutiveFailureRevoked);
  const standing = detected.filter((id) => !revoked.includes(id));
  const drawnUp = book.named('rectification', RectificationDrawnUp);
  const submitted = new Set(book.named('rectification', RectificationSubmitted));
  return [
    ...standing.filter((id) => !drawnUp.includes(id)).map((id) => `rectification ${id} was never drawn up`),
    ...repeated(drawnUp).map((id) => `rectification ${id} was drawn up twice`),
    ...drawnUp.filter((id) => !detected.includes(id)).map((id) => `rectification ${id} was drawn up for no failure`),
    ...(same(revoked, book.named('rectification', RectificationCancelled)) ? [] : ['rectifications were cancelled for other pairs than were revoked']),
    ...book
      .of(RectificationFailed)
      .filter(({ data }) => data.fault === 'nothing-submitted' && submitted.has(String(data.rectification)))
      .map(({ data }) => `rectification ${data.rectification} lapsed although it was submitted`),
  ];
}

/** 注销: an item is struck off exactly where a decision to strike it off stands, and the roster says so. */
function strikeFaults(book: Book, rows: readonly ListingRow[]): string[] {
  const withdrawn = book.named('cancellation', CancellationWithdrawn);
  const decisions = book.of(CancellationDecided).filter(({ data }) => data.outcome === 'cancel');
  const standing = decisions.filter(({ data }) => !withdrawn.includes(String(data.cancellation)));
  const restored = book.named('cancelled', BusinessScopeRestored);
  const struck = book.of(BusinessScopeCancelled);
  const holding = struck.filter(({ id }) => !restored.includes(id));
  const cancelled = new Set(book.named('rectification', RectificationCancelled));
  const wrong = (items: readonly Event[]) => items.map(({ data }) => String(data.cancellation));
  const off = ({ data }: Event, item: string) => holding.some((each) => each.data.institution === data.uscc && each.data.item === item);
  const registered = book.of(InstitutionRegistered).flatMap((event) => {
    const scopes = event.data.scopes as string[];
    return rows
      .filter(
        ({ listing, item }) => ['registry/roster', 'registry/supervised', 'registry/by-code'].includes(listing) && fieldOf(item, 'uscc') === event.data.uscc,
      )
      .filter(
        ({ item }) =>
          !same(
            fieldOf(item, 'scopes') as string[],
            scopes.filter((each) => !off(event, each)),
          ) ||
          !same(
            fieldOf(item, 'struckOff') as string[],
            scopes.filter((each) => off(event, each)),
          ) ||
          (fieldOf(item, 'strikes') as { event: string; until: string | null }[]).some(({ event: id, until }) => (until === null) === restored.includes(id)),
      )
      .map(({ listing }) => `${listing} does not say what ${event.data.uscc} is registered for`);
  });
  return [
    ...(same(wrong(standing), wrong(holding)) ? [] : [`decisions ${wrong(standing)} stand, items are struck off by ${wrong(holding)}`]),
    ...repeated(wrong(struck)).map((id) => `${id} struck off twice`),
    ...standing.filter(({ data }) => cancelled.has(String(data.cancellation))).map(({ data }) => `${data.cancellation} stands without its rectification`),
    ...registered,
  ];
}

/** 诚信档案: an entry for every event that enters it, compensated for exactly those that stand no longer. */
function entryFaults(book: Book): string[] {
  const entering = book
    .of(ProficiencyTestFailed, ProficiencyAbsenceRecorded, RectificationOrdered, RectificationFailed, BusinessScopeCancelled)
    .filter(({ data }) => data.entersFile !== false);
  const corrected = book.named('corrects', ProficiencyResultCorrected);
  const cancelled = book.named('rectification', RectificationCancelled);
  const restored = book.named('cancelled', BusinessScopeRestored);
  const fallen = entering.filter(({ id, data }) => corrected.includes(id) || restored.includes(id) || cancelled.includes(String(data.rectification)));
  const findings = new Set(book.named('finding', BreachFound));
  const ours = (causes: readonly string[]) => causes.filter((cause) => !findings.has(cause));
  const ids = (events: readonly Event[]) => events.map(({ id }) => id);
  return [
    ...(same(ids(entering), ours(book.named('cause', EntryOpened))) ? [] : ['entries were opened for other events than enter the integrity file']),
    ...(same(ids(fallen), ours(book.named('cause', EntryCompensated))) ? [] : ['entries were compensated for other events than stand no longer']),
  ];
}

/** 文号: one for every order and decision, known to what it is of. */
function numberFaults(book: Book): string[] {
  const documents = book.of(RectificationOrdered, CancellationDecided).map(({ id }) => id);
  return [
    ...(same(documents, book.named('of', DecisionNumbered)) ? [] : ['not every order and decision has one number']),
    ...(same(documents, book.named('of', RectificationNumbered, CancellationNumbered)) ? [] : ['not every order and decision knows its number']),
  ];
}

/** 告知: of a striking off, who stands in the lists of the seat, and nobody else. */
function toldFaults(book: Book): string[] {
  const concerned = new Set(AGENCIES.filter(([, kind, , division]) => ROSTER_KINDS.includes(kind) && SEATS.includes(division)).map(([id]): string => id));
  const listed = book.named('id', AgencyListed);
  return book.of(BusinessScopeCancelled).flatMap(({ id, data }) => {
    const told = book
      .of(NoticeSent)
      .filter((notice) => notice.data.about === id)
      .map((notice) => String(notice.data.recipient));
    return [
      ...told.filter((agency) => !concerned.has(agency) || !listed.includes(agency)).map((agency) => `${agency} was told that ${data.item} was struck off`),
      ...(same(told, data.toTell as string[]) ? [] : [`not everyone was told that ${data.item} was struck off`]),
    ];
  });
}

const fieldOf = (item: Json, name: string): unknown => (item as { readonly [key: string]: Json })[name];
const same = (some: readonly string[], others: readonly string[]): boolean => some.toSorted().join() === others.toSorted().join();
const repeated = (list: readonly string[]): readonly string[] => [...new Set(list.filter((each, at) => list.indexOf(each) !== at))];
