import { textAt } from '../changingCall.ts';
import { defineAction } from '../contract.ts';
import { addressLimits, planLettingIn } from '../targets/addressTarget.ts';
import { placeOf } from './acls.ts';
import { deny, letIn } from './changes.ts';
import { observeAddress } from './observe.ts';
import { denialPermissions } from './permissions.ts';
import { planDenial, reversal } from './plan.ts';
import { chosenShape, type Observed, type Params, params } from './types.ts';
import { verifyDenied, verifyLetIn } from './verify.ts';

/** Keeps an address that attacks out of the subnets of marked network ACLs, for as long as the incident needs it. */
export const denyAddress = defineAction<Params, Observed, 'address'>({
  name: 'vpc.block-address',
  summary: 'Deny the address that somebody came from, in the network ACLs that are marked for it',
  targets: ['address'],
  params,
  example: '- vpc.block-address: { maxNetworkAcls: 5, quota: 20 }',
  permissions: denialPermissions,
  facts: {
    phase: 'traffic',
    changes: true,
    destroysEvidence: false,
    needsWorkloadGone: false,
    issuesFreshCredentials: false,
    // Whoever is inside stays there, and comes from another address in a minute.
    contains: false,
    lends: true,
  },
  decisive: ['spared', 'covered', 'full', 'crowded', 'tooMany', 'protectedBy'],
  restores: ['blocked'],
  volatile: ['free', 'subnets', 'owner', 'seen'],
  reversal,
  limits: [
    'Network ACLs are yours: those are changed that have the tag `firebreak:block: allowed` and that a subnet has, in the account and Region of the finding. None is made, and no subnet gets another one. Who takes the tag off takes the undo away, too.',
    'All that is in the subnets is closed to the address, load balancers and NAT gateways too, both ways and at once: network ACLs keep no state (VPC user guide, "Network ACLs"), so that open connections end.',
    'Who comes through a load balancer, CloudFront or a proxy outside these subnets is seen there with an address of that, and goes on, unless it is a Network Load Balancer that preserves client addresses: deny it where it comes in, or use `waf.block-address`. Traffic within a subnet meets no network ACL.',
    'An ACL has 20 rules each way and for each version of addresses, 40 at most (Amazon VPC quotas): room for a few addresses and no list of them. Where it is used up, or no number is free before an entry that lets the address through, it is held: no entry is taken out or gets another number.',
    'An entry has no description and no tags. Which is ours is on record with the incident: by ACL, direction, the numbers that were free (at most 80 of the lowest) and what it says. Who writes the very same by such a number is taken for us.',
    'Between reading an entry and taking it out by its number lies a moment in which EC2 asks nobody what it says.',
    addressLimits.another,
    'Behind a carrier, an office or a VPN is many a one, and all of them are refused: name those you know in `ownAddresses`.',
    addressLimits.inbound,
    `${addressLimits.own} What is within a block of a VPC of that account and Region is never denied.`,
    'An entry that denies it already, alone or as part of a wider block, is left alone, by an undo too.',
    'Where network ACLs are kept as code, the next deployment may take the entries out: that is told, and not fought.',
    addressLimits.lease,
  ],
  timeoutSeconds: 330,
  observe: observeAddress,
  plan: planDenial,
  changedBy: (_target, { blocked }) => {
    const ids = Object.keys(blocked).map((place) => placeOf(place).acl);
    // An entry that lets it through before ours undoes it as well.
    return ['DeleteNetworkAclEntry', 'ReplaceNetworkAclEntry', 'CreateNetworkAclEntry'].map((eventName) => ({
      eventName,
      eventSource: 'ec2.amazonaws.com',
      isOn: (asked) => ids.includes(textAt(asked, 'networkAclId') ?? ''),
    }));
  },
  intended: (_target, _params, { blocked }, chosen) => {
    const { success, data } = chosenShape.safeParse(chosen);
    const places = success
      ? data.entries.map(({ place }) => place).filter((place) => Object.hasOwn(blocked, place))
      : [];
    return { blocked: { ...blocked, ...Object.fromEntries(places.map((place) => [place, true])) } };
  },
  execute: (target, _params, _before, context) => deny(target, context),
  verify: (target, _params, _before, context) => verifyDenied(target, context),
  undo: (target, _params, before, context) => letIn(target, before, context),
  verifyUndone: (target, _params, before, context) => verifyLetIn(target, before, context),
  // Lifting it is the same as taking it back: nothing that was accused comes with it.
  release: {
    plan: async (target, _params, _before, to, { chosen = {} }) => planLettingIn(target, to, chosen),
    intended: (_target, { blocked }) => ({ blocked }),
    execute: (target, _params, before, context) => letIn(target, before, context),
    verify: (target, _params, before, context) => verifyLetIn(target, before, context),
  },
});
