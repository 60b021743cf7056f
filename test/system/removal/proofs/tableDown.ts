import { AwsError } from '../../../../sandbox/account.ts';
import { faults } from '../../../../sandbox/door/faults.ts';
import { unused } from '../../scan.ts';
import { openStage } from '../../stage.ts';
import { expectAlarm, type Proof } from '../proof.ts';

export const tableDown: Proof = {
  name: 'with the table down an event comes again and again; in the end the dead letter is its record, and pages',
  near: /FunctionResponseTypes|RedrivePolicy/,
  happen: async (template) => {
    await using stage = await openStage({ template });
    faults(stage.account).push(({ functionName, service }) =>
      functionName === 'firebreak-dev-imageScan' && service === 'dynamodb'
        ? new AwsError('InternalServerError', 'The table is down.', 500)
        : undefined,
    );
    stage.scan(unused);
    await stage.pass(3600);
    expectAlarm(stage, 'image-scan-dead-letters', 'page');
  },
};
