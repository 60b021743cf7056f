import { AwsError } from '../../../../sandbox/account.ts';
import { faults } from '../../../../sandbox/faults/faults.ts';
import { sources } from '../../sources.ts';
import { openStage } from '../../stage.ts';
import { expectAlarm, type Proof } from '../proof.ts';

const intakes = sources.map(({ name }) => `firebreak-dev-${name}`);

export const tableDown: Proof = {
  name: 'with the table down an event comes again and again; in the end the dead letter is its record, and pages',
  near: /FunctionResponseTypes|RedrivePolicy/,
  happen: async (template) => {
    await using stage = await openStage({ template });
    faults(stage.account).push(({ functionName, service }) =>
      intakes.includes(functionName ?? '') && service === 'dynamodb'
        ? new AwsError('InternalServerError', 'The table is down.', 500)
        : undefined,
    );
    for (const { event } of sources) stage.deliver(event(stage));
    await stage.pass(3600);
    for (const { alarm } of sources) expectAlarm(stage, alarm, 'page');
  },
};
