import { jsonPointer, MAX_ERRORS, type ProblemError } from './problem.ts';

/**
 * What a schema has silently left out of a body (未识别的项), at any depth: a part that is shared with an event takes unknown keys,
 * for events grow; who submits one is told, like at the top.
 */
export function droppedKeys(given: unknown, taken: unknown, path: readonly PropertyKey[] = []): readonly ProblemError[] {
  if (Array.isArray(given) && Array.isArray(taken)) return given.flatMap((each, at) => droppedKeys(each, taken[at], [...path, at])).slice(0, MAX_ERRORS);
  if (!isObject(given) || !isObject(taken)) return [];
  return Object.entries(given)
    .flatMap(([key, each]) =>
      Object.hasOwn(taken, key) ? droppedKeys(each, taken[key], [...path, key]) : { pointer: jsonPointer([...path, key]), message: '没有此项' },
    )
    .slice(0, MAX_ERRORS);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
