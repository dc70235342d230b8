/** What can befall a run. Each can be left out, so that a failing history is told with those that matter. */
export const FAULTS = [
  /** A function dies before or after any await; nobody hears from it again. */
  'crash',
  /** A request, an event or a message is delivered twice; a deletion is lost. */
  'duplicate',
  /** A delivery takes up to two hours, and so arrives behind later ones. */
  'late',
  /** A port asks to come back later. */
  'throttle',
  /** PutEvents takes some entries and not others. */
  'partial-put',
  /** A batch of the table's stream is read again after it was done. */
  'reread',
  /** A record of the table's stream that failed is given up and redriven later, behind those that came after it. */
  'give-up',
  /** A call takes so long that the message becomes visible again while its handler still runs. */
  'slow',
  /** A machine's clock is up to two minutes off. */
  'clock-jump',
  /** Part of the bus's archive is replayed. */
  'replay',
  /** Nothing is published for thirty hours: longer than the table's stream keeps what it holds. */
  'outage',
  /** An endpoint answers otherwise, late or not at all, or wishes to be asked later; it may have the message all the same. */
  'endpoint-fails',
  /** An endpoint takes nothing for days. */
  'endpoint-dead',
] as const;
export type Fault = (typeof FAULTS)[number];

/** How likely each is, at each occasion. */
export const PROBABILITY: Readonly<Record<Exclude<Fault, 'outage' | 'replay' | 'endpoint-dead'>, number>> = {
  crash: 0.02,
  duplicate: 0.08,
  late: 0.05,
  throttle: 0.03,
  'partial-put': 0.1,
  reread: 0.12,
  'give-up': 0.3,
  slow: 0.008,
  'clock-jump': 0.15,
  'endpoint-fails': 0.25,
};
