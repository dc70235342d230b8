import type { AsyncApi, Channel, Message } from '../../infra/contracts/asyncapi.ts';
import type { Media, OpenApi, Operation, Parameter, Response } from '../../infra/contracts/openapi.ts';
import { inlined, resolved } from '../../infra/contracts/references.ts';
import type { Schema } from '../../infra/contracts/schema.ts';
import { brokenPromises, refusals } from '../events/schema-growth.ts';

/** What breaks whoever worked by the published document (破坏性变更), one line each: where, and why. Nothing where it has only grown. */

type Documents<T> = readonly [published: T, present: T];

const bothInlined = ([published, present]: Documents<Schema>, before: unknown, after: unknown): Documents<Schema> => [
  inlined(published, before),
  inlined(present, after),
];

/** Pairs of what stands in both, by name; what stands in the first alone is told as gone. */
function paired<T>(before: Readonly<Record<string, T>> = {}, after: Readonly<Record<string, T>> = {}, at: (name: string) => string) {
  const names = Object.keys(before);
  return {
    gone: names.filter((name) => after[name] === undefined).map((name) => `${at(name)} is gone`),
    pairs: names.flatMap((name) => (after[name] === undefined ? [] : [[at(name), before[name] as T, after[name]] as const])),
  };
}

/** Of OpenAPI: operations, what they take, what they answer, by which codes they fail. */
export function openApiBreaks(published: OpenApi, present: OpenApi): readonly string[] {
  const documents = [published, present] as const;
  const operations = paired(operationsOf(published.paths), operationsOf(present.paths), (route) => route);
  const webhooks = paired(operationsOf(webhooksOf(published)), operationsOf(webhooksOf(present)), (name) => `webhook ${name}`);
  return distinct([
    ...operations.gone,
    ...operations.pairs.flatMap(([at, before, after]) => [
      ...parameterBreaks(documents, before, after).map((fault) => `${at} ${fault}`),
      ...bodyBreaks(documents, before, after, refusals).map((fault) => `${at} ${fault}`),
      ...answerBreaks(documents, at, before, after),
    ]),
    ...webhooks.gone,
    ...webhooks.pairs.flatMap(([at, before, after]) => bodyBreaks(documents, before, after, brokenPromises).map((fault) => `${at} ${fault}`)),
  ]);
}

const webhooksOf = ({ webhooks = {} }: OpenApi) => webhooks as OpenApi['paths'];

const operationsOf = (paths: OpenApi['paths']): Readonly<Record<string, Operation>> =>
  Object.fromEntries(
    Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation])),
  );

function parameterBreaks(documents: Documents<OpenApi>, before: Operation, after: Operation): readonly string[] {
  const named = (document: OpenApi, { parameters = [] }: Operation) =>
    Object.fromEntries(parameters.map((each) => resolved<Parameter>(document, each)).map((each) => [`${each.in} ${each.name}`, each]));
  const [was, is] = [named(documents[0], before), named(documents[1], after)];
  const { gone, pairs } = paired(was, is, (name) => name);
  return [
    ...gone,
    ...Object.entries(is).flatMap(([name, { required }]) => (required && !was[name]?.required ? [`${name} is required now`] : [])),
    ...pairs.flatMap(([name, one, other]) => refusals(...bothInlined(documents, one.schema, other.schema), name)),
  ];
}

type Comparison = (published: Schema, present: Schema, at: string) => readonly string[];

function bodyBreaks(documents: Documents<OpenApi>, before: Operation, after: Operation, compare: Comparison): readonly string[] {
  const { gone, pairs } = paired(before.requestBody?.content, after.requestBody?.content, (type) => `body ${type}`);
  return [
    ...gone,
    ...(after.requestBody?.required && !before.requestBody?.required ? ['a body is required now'] : []),
    ...pairs.flatMap(([at, one, other]) => compare(...bothInlined(documents, one.schema, other.schema), at)),
  ];
}

function answerBreaks(documents: Documents<OpenApi>, at: string, before: Operation, after: Operation): readonly string[] {
  const { gone, pairs } = paired<Response | { readonly $ref: string }>(before.responses, after.responses, (status) => `${at} ${status}`);
  return [
    ...gone,
    ...pairs.flatMap(([place, one, other]) => {
      // Where many share a failure it is told once.
      const shared = '$ref' in one ? one.$ref.slice('#/components/responses/'.length) : place;
      const contents = paired(resolved<Response>(documents[0], one).content, resolved<Response>(documents[1], other).content, (type) => `${shared} ${type}`);
      return [
        ...contents.gone,
        ...contents.pairs.flatMap(([type, was, is]) => [
          ...brokenPromises(...bothInlined(documents, was.schema, is.schema), type),
          ...codesOf(was)
            .filter((code) => !codesOf(is).includes(code))
            .map((code) => `${shared}: the code ${code} is gone`),
        ]),
      ];
    }),
  ];
}

/** Codes of a failure are the names of its examples. */
const codesOf = ({ examples = {} }: Media): readonly string[] => Object.keys(examples);

/** Of AsyncAPI: channels and their messages. An old event is published again, so that its schema must still let it through, and all that was promised of it stays. */
export function asyncApiBreaks(published: AsyncApi, present: AsyncApi): readonly string[] {
  const channels = paired<Channel>(published.channels, present.channels, (name) => `channel ${name}`);
  const operations = paired(published.operations, present.operations, (name) => `operation ${name}`);
  return distinct([
    ...channels.gone,
    ...operations.gone,
    ...channels.pairs.flatMap(([at, before, after]) => {
      const messages = paired(before.messages, after.messages, (name) => `${at} ${name}`);
      return [
        ...(before.address === after.address ? [] : [`${at} has another address`]),
        ...messages.gone,
        ...messages.pairs.flatMap(([place, one, other]) => {
          const [was, is] = [resolved<Message>(published, one).payload, resolved<Message>(present, other).payload];
          const schemas = bothInlined([published, present], was, is);
          return [...refusals(...schemas, place), ...brokenPromises(...schemas, place)];
        }),
      ];
    }),
  ]);
}

const distinct = (faults: readonly string[]): readonly string[] => [...new Set(faults)];
