import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogue } from '../../events/catalogue.ts';
import { TO_THE_HUB } from '../../infra/crossing.ts';
import { hub } from '../../infra/hub.ts';
import { compilePattern } from '../../infra/local/event-pattern.ts';
import national from '../../infra/national.ts';
import { NationalStage } from '../../infra/national-stage.ts';
import shanghai from '../../infra/provinces/31-shanghai.ts';
import chongqing from '../../infra/provinces/50-chongqing.ts';
import { allows, type Resource, type Template, textOf } from '../support/policies.ts';

const folder = mkdtempSync(join(tmpdir(), 'national-'));
const stacks = new Map<string, { template: Template; account: string; region: string; dependsOn: readonly string[] }>();

beforeAll(() => {
  const app = new App({ analyticsReporting: false, outdir: folder });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  new NationalStage(app, national, [shanghai, chongqing]);
  for (const stack of app.synth().getNestedAssembly('assembly-national').stacks) {
    const { account, region } = stack.environment;
    stacks.set(stack.stackName, {
      template: stack.template,
      account,
      region,
      dependsOn: stack.dependencies.map(({ id }) => id).filter((id) => !id.endsWith('.assets')),
    });
  }
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const of = (name: string, type: string): Resource[] => Object.values(stacks.get(name)?.template.Resources ?? {}).filter(({ Type }) => Type === type);
const templateOf = (name: string): Template => stacks.get(name)?.template as Template;
const links = [
  ['31', shanghai],
  ['50', chongqing],
] as const;
const HUB_BUS = 'arn:{AWS::Partition}:events:cn-north-1:000000000010:event-bus/jianheng-national-bus';

describe('the national stage', () => {
  test('is the hub in its own account and a link in each province’s, after the hub; it locks no stack of a province', () => {
    expect([...stacks.keys()].sort()).toEqual(['jianheng-31-to-hub', 'jianheng-50-to-hub', 'jianheng-national-hub']);
    expect(stacks.get('jianheng-national-hub')).toMatchObject({ account: '000000000010', region: 'cn-north-1', dependsOn: [] });
    for (const [code, { account, region }] of links) {
      expect(stacks.get(`jianheng-${code}-to-hub`)).toMatchObject({ account, region, dependsOn: [expect.stringContaining('hub')] });
    }
    for (const { template } of stacks.values()) {
      expect(template.Outputs).toBeUndefined();
      expect(JSON.stringify(template)).not.toContain('Fn::ImportValue');
    }
  });

  test('the bus takes the declared events from the provinces’ accounts and nothing else, and keeps them', () => {
    const template = templateOf('jianheng-national-hub');
    const policies = of('jianheng-national-hub', 'AWS::Events::EventBusPolicy');
    expect(policies).toHaveLength(1);
    const statement: unknown = policies[0]?.Properties.Statement;
    const { Effect, Action, Principal, Condition } = statement as { Effect: string; Action: string; Principal: { AWS: never[] }; Condition: unknown };
    expect([Effect, Action]).toEqual(['Allow', 'events:PutEvents']);
    expect(Principal.AWS.map((each) => textOf(template, each))).toEqual(links.map(([, { account }]) => `arn:{AWS::Partition}:iam::${account}:root`));
    expect(Condition).toEqual({
      StringEquals: {
        'events:source': ['jianheng.integrity', 'jianheng.registry'],
        'events:detail-type': ['EntryCompensated', 'EntryOpened', 'InstitutionRegistered'],
      },
    });
    expect(of('jianheng-national-hub', 'AWS::Events::EventBus')[0]?.Properties).toMatchObject({
      Name: 'jianheng-national-bus',
      KmsKeyIdentifier: expect.anything(),
    });
    const archive = of('jianheng-national-hub', 'AWS::Events::Archive')[0]?.Properties;
    expect(archive).toMatchObject({ RetentionDays: 365, KmsKeyIdentifier: expect.anything() });
    for (const { event } of TO_THE_HUB) expect(compilePattern(archive?.EventPattern)({ source: `jianheng.${event.context}` }), event.name).toBe(true);
  });
});

describe.each(links)('the link of %s', (code) => {
  const stack = `jianheng-${code}-to-hub`;
  const envelope = ({ context, name }: { context: string; name: string }, data: object) => ({
    source: `jianheng.${context}`,
    'detail-type': name,
    detail: { data },
  });
  const crosses = (event: object): boolean => of(stack, 'AWS::Events::Rule').some(({ Properties }) => compilePattern(Properties.EventPattern)(event));

  test('sends the declared events of institutions, and no other', () => {
    const declared = TO_THE_HUB.map(({ event }) => event);
    for (const event of catalogue) expect(crosses(envelope(event, { subject: { kind: 'institution' } })), event.name).toBe(declared.includes(event));
    for (const { event, only } of TO_THE_HUB) expect(crosses(envelope(event, { subject: { kind: 'appraiser' } })), event.name).toBe(only === undefined);
  });

  test('a rule on the province’s bus may put events on the hub’s and do nothing else, and leaves what fails in dead letters with an alarm', () => {
    const template = templateOf(stack);
    const role = Object.entries(template.Resources).find(([, { Type }]) => Type === 'AWS::IAM::Role')?.[0] as string;
    expect(allows(template, role, { action: 'events:PutEvents', resource: HUB_BUS })).toBe(true);
    expect(allows(template, role, { action: 'events:PutEvents', resource: HUB_BUS.replace('national', code) })).toBe(false);
    const rules = of(stack, 'AWS::Events::Rule');
    expect(rules).toHaveLength(TO_THE_HUB.length);
    for (const { Properties } of rules) {
      expect(textOf(template, Properties.EventBusName)).toContain(`jianheng-${code}-bus`);
      const [target]: unknown[] = Properties.Targets as unknown[];
      expect(target).toMatchObject({
        RoleArn: { 'Fn::GetAtt': [role, 'Arn'] },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [expect.stringMatching(/^dead/), 'Arn'] } },
      });
      expect(textOf(template, (target as { Arn: never }).Arn)).toBe(HUB_BUS);
    }
    expect(of(stack, 'AWS::SQS::Queue').map(({ Properties }) => Properties.QueueName)).toEqual([`${stack}-dead`]);
    expect(of(stack, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties.AlarmName)).toEqual([`${stack}-dead-not-empty`]);
  });
});

test('a hub’s file that cannot be deployed from is refused with the place', () => {
  expect(() => hub({ ...national, account: '1' })).toThrow(/account/);
  expect(() => hub({ ...national, regoin: 'cn-north-1' } as never)).toThrow(/regoin/);
});
