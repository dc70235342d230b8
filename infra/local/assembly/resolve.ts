import { InvalidAssembly } from './invalid-assembly.ts';
import { partitionOf, REFERENCES } from './references.ts';
import type { Resource, Stack } from './stacks.ts';

/** Both throw {@link InvalidAssembly} for an intrinsic function, a pseudo parameter, a resource or an attribute that is not known here. */
export interface Resolver {
  /** A value of a resource's template with every reference replaced by what it stands for. */
  readonly resolve: (value: unknown, at: Resource) => unknown;
  /** What `Ref`, or the attribute of this name, gives for a resource. */
  readonly refer: (to: Resource, attribute: string, at: Resource) => string;
}

/** Stacks know each other by SSM parameters: a template parameter leads to the resource of that name, in whichever stack. */
export function resolverOf(stacks: readonly Stack[]): Resolver {
  const all = stacks.flatMap(({ resources }) => [...resources.values()]).filter(({ type }) => type === 'AWS::SSM::Parameter');
  const stored = new Map<unknown, Resource>(all.map((each) => [each.properties.Name, each]));

  const resolve: Resolver['resolve'] = (value, at) => {
    if (Array.isArray(value)) return value.map((each) => resolve(each, at));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    if (!entries.some(([name]) => name === 'Ref' || name.startsWith('Fn::')))
      return Object.fromEntries(entries.map(([name, each]) => [name, resolve(each, at)]));
    const [name, argument] = entries.length === 1 ? (entries[0] ?? []) : [];
    if (name === 'Ref' && typeof argument === 'string') return named(argument, at);
    if (name === 'Fn::GetAtt' && isTexts(argument) && argument.length === 2) return attribute(argument[0] as string, argument[1] as string, at);
    if (name === 'Fn::Join' && Array.isArray(argument) && argument.length === 2) return join(argument[0], resolve(argument[1], at), at);
    throw invalid(at, `${JSON.stringify(value)} is not known to the local host`);
  };

  const join = (separator: unknown, parts: unknown, at: Resource): string => {
    if (typeof separator === 'string' && isTexts(parts)) return parts.join(separator);
    throw invalid(at, `Fn::Join of what is not text: ${JSON.stringify([separator, parts])}`);
  };

  const named = (id: string, at: Resource): unknown => {
    if (id.startsWith('AWS::')) return pseudoParameter(id, at);
    const parameter = at.stack.parameters.get(id);
    if (!parameter) return attribute(id, 'Ref', at);
    if (parameter.Type !== 'AWS::SSM::Parameter::Value<String>') throw invalid(at, `parameter ${id} of type ${parameter.Type} has no value here`);
    const told = stored.get(parameter.Default);
    if (!told) throw invalid(at, `no stack makes the SSM parameter ${parameter.Default}`);
    return resolve(told.properties.Value, told);
  };

  const attribute = (id: string, name: string, at: Resource): string => {
    const resource = at.stack.resources.get(id);
    if (!resource) throw invalid(at, `there is no resource ${id} in its stack`);
    return refer(resource, name, at);
  };

  const refer: Resolver['refer'] = (to, name, at) => {
    const reference = REFERENCES[to.type]?.[name];
    if (!reference) throw invalid(at, `${name} of ${to.id} (${to.type}) is not known to the local host`);
    return reference({ resource: to, named: (property) => nameIn(to, property) });
  };

  const nameIn = (resource: Resource, property: string): string => {
    const name = resolve(resource.properties[property], resource);
    if (typeof name === 'string') return name;
    throw invalid(resource, `has no ${property}: whoever refers to it would not find it`);
  };

  return { resolve, refer };
}

const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((each) => typeof each === 'string');

const invalid = ({ stack, id }: Resource, reason: string): InvalidAssembly => new InvalidAssembly(stack.name, id, reason);

function pseudoParameter(name: string, at: Resource): string {
  const { region, account } = at.stack;
  const { partition, urlSuffix } = partitionOf(region);
  const known: Readonly<Record<string, string>> = {
    'AWS::AccountId': account,
    'AWS::Partition': partition,
    'AWS::Region': region,
    'AWS::StackName': at.stack.name,
    'AWS::URLSuffix': urlSuffix,
  };
  const value = known[name];
  if (value === undefined) throw invalid(at, `the pseudo parameter ${name} is not known to the local host`);
  return value;
}
