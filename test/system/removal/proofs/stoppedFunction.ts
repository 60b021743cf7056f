import { expectThat } from '../../../../cli/demo/scenario.ts';
import { reservations } from '../../../../sandbox/services/lambda/concurrency.ts';
import { worldSchema } from '../../../../sandbox/world/schema.ts';
import { functionThreat } from '../../functionThreat.ts';
import { openStage } from '../../stage.ts';
import type { Proof } from '../proof.ts';

const functions = `name: functions
when:
  source: [guardduty]
  resource: { kind: [function] }
  status: [open]
do:
  - evidence.capture
  - lambda.stop-invocations
mode: enforce
`;
const name = 'img-resize';

/** A function is stopped where a rule enforces it, with its owner and time-out in the message and what it wrote last in the evidence, and an undo gives back what it had. */
export const stoppedFunction: Proof = {
  name: 'a function is stopped, and given back what it had',
  near: /ResponderRole: (LambdaStopInvocations|ReadLambdaFunction: lambda:(GetFunctionCon|ListTags)|ReadLogsLogGroup)/,
  happen: async (template) => {
    const world = worldSchema.parse({
      functions: [{ name, tags: { team: 'media' }, timeoutSeconds: 90, prints: ['fetched'] }],
    });
    await using stage = await openStage({ template, rules: { functions }, world });
    const now = () => reservations(stage.account).get(name);
    stage.deliver(functionThreat(stage, name));
    await stage.settle();
    expectThat(now() === 0, `it has a concurrency of ${now()}`);
    const body = stage.told().at(-1)?.body ?? '';
    expectThat(body.includes('media (tag team)') && body.includes('time-out of 90 seconds'), `it was told: ${body}`);
    expectThat(body.includes(`stored 4 files on function ${name}`), `of the evidence it was told: ${body}`);
    await stage.undo(`function/123456789012/us-east-1/arn:aws:lambda:us-east-1:123456789012:function:${name}`);
    await stage.settle();
    expectThat(now() === undefined, `it has a concurrency of ${now()} after the undo`);
  },
};
