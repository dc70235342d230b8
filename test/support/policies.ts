/** A template's policies, evaluated for what the house's statements use: allows only, exact actions and resources, four condition operators. */

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export interface Resource {
  readonly Type: string;
  readonly Properties: { [key: string]: Json };
  readonly DeletionPolicy?: string;
}
export interface Template {
  readonly Resources: { readonly [id: string]: Resource };
  readonly Parameters?: { readonly [id: string]: { readonly Default?: string } };
  readonly Outputs?: { readonly [id: string]: unknown };
}

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | string[];
  readonly Resource: Json;
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: string | string[] } };
}

/** An intrinsic function as one text: what is only known at deployment stands in braces. */
export function textOf(template: Template, value: Json | undefined): string {
  if (typeof value === 'string') return value;
  const [name, of] = Object.entries(value as { [key: string]: Json })[0] ?? [];
  if (name === 'Ref') return template.Parameters?.[of as string]?.Default ?? `{${of}}`;
  if (name === 'Fn::GetAtt') return `{${(of as string[]).join('.')}}`;
  if (name === 'Fn::Join') return (of as [string, Json[]])[1].map((part) => textOf(template, part)).join((of as [string])[0]);
  throw new Error(`not told by this support: ${JSON.stringify(value)}`);
}

export interface Request {
  readonly action: string;
  readonly resource: string;
  /** Values of condition keys. */
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

/** Statements of a role's own policies. */
export function statementsOf(template: Template, roleId: string): readonly Statement[] {
  return Object.values(template.Resources)
    .filter(({ Type, Properties }) => Type === 'AWS::IAM::Policy' && (Properties.Roles as { Ref: string }[]).some(({ Ref }) => Ref === roleId))
    .flatMap(({ Properties }) => (Properties.PolicyDocument as unknown as { Statement: Statement[] }).Statement);
}

export function allows(template: Template, roleId: string, request: Request): boolean {
  return statementsOf(template, roleId).some((statement) => {
    if (statement.Effect !== 'Allow') throw new Error('a statement that denies');
    return (
      [statement.Action].flat().some((action) => like(request.action, action)) &&
      ([statement.Resource].flat() as Json[]).some((resource) => like(request.resource, textOf(template, resource))) &&
      Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
        Object.entries(keys).every(([key, wanted]) => holds(operator, request.context?.[key] ?? [], [wanted].flat())),
      )
    );
  });
}

function holds(operator: string, values: readonly string[], wanted: readonly string[]): boolean {
  const matchesAny = (value: string) => wanted.some((pattern) => like(value, pattern));
  switch (operator) {
    case 'ForAllValues:StringLike':
      return values.every(matchesAny);
    case 'ForAnyValue:StringLike':
      return values.some(matchesAny);
    case 'StringEquals':
      return values.length === 1 && wanted.includes(values[0] as string);
    case 'Null':
      return wanted.includes(String(values.length === 0));
    default:
      throw new Error(`not told by this support: ${operator}`);
  }
}

const like = (value: string, pattern: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    's',
  ).test(value);
