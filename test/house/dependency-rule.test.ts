import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

type Import = readonly [folder: string, target: string];

const FORBIDDEN: readonly Import[] = [
  ['events', '../functions/kernel/command.ts'],
  ['events', '../infra/local/load-definitions.ts'],
  ['events', '@aws-sdk/client-dynamodb'],
  ['functions/integrity', '../sanctions/ladder.ts'],
  ['functions/integrity', '../../infra/local/load-definitions.ts'],
  ['functions/integrity/commands', '../../sanctions/ladder.ts'],
  ['functions/integrity/reactions', '../../sanctions/commands/find-breach.ts'],
  ['functions/integrity/commands', '../../../infra/local/load-definitions.ts'],
  ['functions/integrity/commands', '../../../test/support/api.ts'],
  ['functions/integrity/commands', '@aws-sdk/client-dynamodb'],
  ['functions/kernel', '../sanctions/ladder.ts'],
  ['functions/kernel', '../oversight/queries/trace.ts'],
  ['functions/kernel', '../deliveries/ladder.ts'],
  ['functions/kernel/http', '../../proficiency/round.ts'],
  ['functions/kernel/http', '../../../infra/local/load-definitions.ts'],
  ['infra/local', '../../test/support/api.ts'],
];

const ALLOWED: readonly Import[] = [
  ['events', './basis.ts'],
  ['functions/integrity', '../kernel/ledger.ts'],
  ['functions/integrity', '../policy/policy.ts'],
  ['functions/integrity', '../../events/integrity.ts'],
  ['functions/integrity/commands', '../../kernel/command.ts'],
  ['functions/integrity/commands', '../entry.ts'],
  ['functions/integrity/reactions', '../commands/open-entry.ts'],
  ['functions/integrity/commands', '../../../events/sanctions.ts'],
  ['functions/kernel', '../policy/policy.ts'],
  ['functions/kernel/http', '../ledger.ts'],
  ['infra/local', '../../functions/kernel/ledger.ts'],
  ['test', '../infra/local/load-definitions.ts'],
];

const fileOf = ([folder, target]: Import): string =>
  join(folder, `${[...FORBIDDEN, ...ALLOWED].findIndex((each) => each[0] === folder && each[1] === target)}-made.ts`);

describe('the dependency rule: infra → functions → events, contexts meet through events and the command port', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dependency-rule-'));
  let report = '';

  beforeAll(() => {
    const config = JSON.parse(readFileSync(join(root, '.biome.json'), 'utf8')) as Record<string, unknown>;
    writeFileSync(join(folder, '.biome.json'), JSON.stringify({ ...config, vcs: { enabled: false } }));
    for (const each of [...FORBIDDEN, ...ALLOWED]) {
      const file = join(folder, fileOf(each));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `import { a } from '${each[1]}';\n\nexport const b = a;\n`);
    }
    const biome = join(root, 'node_modules/.bin/biome');
    report = spawnSync(biome, ['lint', '--only=style/noRestrictedImports', '--reporter=github', '--max-diagnostics=none', '.'], {
      cwd: folder,
      encoding: 'utf8',
    }).stdout;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(FORBIDDEN)('%s may not import %s', (...each) => {
    expect(report).toContain(fileOf(each));
  });

  test.each(ALLOWED)('%s may import %s', (...each) => {
    expect(report).not.toContain(fileOf(each));
  });
});
