import type { Account } from '../../account.ts';
import { putServiceEvent } from '../eventbridge/bus.ts';
import type { StoredParameter } from './state.ts';

/** `Parameter Store Change`: names what changed, without value or version: who hears of it reads again. */
export function tellChange(
  account: Account,
  parameter: StoredParameter,
  change: 'Create' | 'Update' | 'Delete' | 'LabelParameterVersion',
): void {
  putServiceEvent(account, {
    source: 'aws.ssm',
    detailType: 'Parameter Store Change',
    resources: [parameter.arn],
    detail: {
      operation: change,
      name: parameter.name,
      type: parameter.type,
      ...(parameter.description === undefined ? {} : { description: parameter.description }),
    },
  });
}
