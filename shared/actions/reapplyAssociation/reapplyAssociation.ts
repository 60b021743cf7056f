import { defineAction } from '../contract.ts';
import { fixFacts } from '../facts.ts';
import type { LaterPart } from '../parts.ts';
import { applyAgain, readBack } from './changes.ts';
import { observeAssociations } from './observe.ts';
import { associationPermissions } from './permissions.ts';
import { planReapply, reversal } from './plan.ts';
import { laterParts, type Observed, type Params, params } from './types.ts';

const partAt = (at: number): Pick<LaterPart<Params, Observed, 'instance'>, 'intended' | 'execute' | 'verify'> => ({
  intended: () => ({}),
  execute: (target, _params, before, context) => applyAgain(target, at, before, context),
  verify: (target, _params, _before, context) => readBack(target, at, context),
});

/** Has State Manager apply again what has failed on a host, one association after the other. */
export const reapplyAssociation = defineAction<Params, Observed, 'instance'>({
  name: 'ssm.reapply-association',
  summary: 'Have State Manager apply again the associations that have failed on a host',
  targets: ['instance'],
  declines: {
    'managed-instance':
      'it is no EC2 instance, of whose tags it is known whose it is and whether it is protected: apply the association from Systems Manager.',
  },
  params,
  example: '- ssm.reapply-association: { documents: [AWS-ConfigureAWSPackage], maxOtherHosts: 2 }',
  permissions: associationPermissions,
  facts: fixFacts,
  decisive: ['ping', 'protectedBy', 'reaches'],
  restores: [],
  volatile: ['failed', 'owner', 'seen'],
  reversal,
  limits: [
    'State Manager applies an association to all that it targets and not to one host: with more other hosts than the rule allows (`maxOtherHosts`, none unless it says so), it is held and the hosts are named.',
    'What installs patches is left to `ssm.patch-hosts`, which empties the host first, whatever the rule says; runbooks of Automation are left, too.',
    'Of documents, only `AWS-GatherSoftwareInventory`, `AWS-UpdateSSMAgent`, `AmazonCloudWatch-ManageAgent` and a scan for patches are applied unless the rule names others (`documents`): what those do on a host is up to them.',
    'At most three are applied by one plan, each read back before the next; the next is skipped where one fails.',
    'A host whose agent does not answer is left: State Manager applies what is due once it does.',
    'Other hosts may be protected, or owned by somebody else: of those the ids are told, and their tags are not read.',
    'The execution of an association that fails for a reason which is still there fails again, and is told with its status.',
  ],
  timeoutSeconds: 330,
  observe: (target, _params, context) => observeAssociations(target, context),
  plan: planReapply,
  ...partAt(0),
  parts: laterParts.map((name, at) => ({ name, facts: fixFacts, needsEarlier: true, ...partAt(at + 1) })),
});
