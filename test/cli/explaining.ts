import { type Explaining, explainEvent } from '../../cli/explain/explain.ts';
import type { Explained } from '../../cli/explain/explained.ts';
import { openReading } from '../../cli/explain/reading.ts';
import { routesOf } from '../../cli/explain/routes.ts';
import { catalogue } from '../../shared/actions/catalogue.ts';
import { compileRuleSet } from '../../shared/rules/compile.ts';
import type { RuleSource } from '../../shared/rules/rule.ts';

export const at = new Date('2026-11-20T10:00:00.000Z');

/** A template in which every image scan is routed. */
export const template = {
  Resources: {
    ScanRule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventPattern: {
          'detail-type': ['ECR Image Scan', 'Inspector2 Finding'],
          detail: { ignored: [{ exists: false }] },
        },
        Targets: [{ Id: 'queue', Arn: { 'Fn::GetAtt': ['Queue', 'Arn'] } }],
      },
    },
    Queue: { Type: 'AWS::SQS::Queue' },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] },
        FunctionName: { 'Fn::GetAtt': ['ScanFunction', 'Arn'] },
      },
    },
    ScanFunction: {
      Type: 'AWS::Lambda::Function',
      Properties: { FunctionName: 'firebreak-test-scans', Environment: { Variables: { STAGE: 'test' } } },
    },
  },
};

export const rule = (fields = ''): RuleSource => ({
  path: 'rules/critical',
  text: `name: critical
when:
  label: [critical]
do:
  - evidence.capture
  - ecr.quarantine-image
mode: enforce
${fields}`,
});

interface Given {
  readonly sources?: readonly RuleSource[];
  readonly account?: string;
}

/** What would happen on each event, under these rules. */
export async function explained(
  events: readonly unknown[],
  { sources = [rule()], account }: Given = {},
): Promise<readonly Explained[]> {
  const { set, problems } = compileRuleSet(sources, catalogue);
  if (set === null) throw new Error(JSON.stringify(problems));
  const reading = await openReading(account, at);
  const explaining: Explaining = {
    set,
    reading,
    routes: routesOf(template),
    ruleSets: { current: async () => ({ hash: 'hash', number: 1, versions: {}, set }) },
    clock: { now: () => at },
    stage: 'test',
  };
  try {
    const all: Explained[] = [];
    for (const event of events) all.push(await explainEvent(explaining, event));
    return all;
  } finally {
    await reading.close();
  }
}

export async function explainedOne(event: unknown, given: Given = {}): Promise<Explained> {
  const [one] = await explained([event], given);
  if (one === undefined) throw new Error('nothing was explained');
  return one;
}
