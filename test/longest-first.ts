import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest (耗时最长的测试), the longest first: begun last, one of them would keep one core waiting for the other. */
const LONGEST = [
  'simulation/simulation.test.ts',
  'scenarios/dynamodb.test.ts',
  'infra/app.test.ts',
  'api/bad-input.test.ts',
  'bench/bench.test.ts',
  'api/public-clients.test.ts',
  'infra/bundle.test.ts',
  'journeys/record-form.test.ts',
  'deliveries/real-endpoints.test.ts',
  'contract/dynamodb.test.ts',
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = LONGEST.findIndex((each) => moduleId.endsWith(each));
      return at === -1 ? LONGEST.length : at;
    };
    return (await super.sort(files)).sort((one, other) => place(one) - place(other));
  }
}
