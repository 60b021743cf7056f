import { textAt } from '../changingCall.ts';
import { defineAction } from '../contract.ts';
import { addressLimits, planLettingIn } from '../targets/addressTarget.ts';
import { block, letIn, verifyBlocked, verifyLetIn } from './changes.ts';
import { setOf } from './ipSets.ts';
import { observeAddress } from './observe.ts';
import { blockPermissions } from './permissions.ts';
import { planBlock, reversal } from './plan.ts';
import { chosenShape, type Observed, type Params, params } from './types.ts';

/** Keeps an address that attacks from coming in through AWS WAF, for as long as the incident needs it. */
export const blockAddress = defineAction<Params, Observed, 'address'>({
  name: 'waf.block-address',
  summary: 'Block the address that somebody came from, in IP sets of AWS WAF',
  targets: ['address'],
  params,
  example: '- waf.block-address: { ipSets: [firebreak-blocked-ipv4, firebreak-blocked-ipv6] }',
  permissions: blockPermissions,
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
  decisive: ['spared', 'covered', 'full', 'protectedBy'],
  restores: ['blocked'],
  volatile: ['sizes', 'owner', 'seen'],
  reversal,
  limits: [
    'It stops what comes through AWS WAF and nothing else: what reaches a host or a load balancer without it (SSH, a port that is open) goes on.',
    'The IP sets are yours, by name, and so is the rule of a web ACL that blocks what is in them: a set that no web ACL looks at blocks nobody.',
    addressLimits.another,
    'Behind a proxy or a CDN the address is the proxy’s, and everybody behind it is blocked: name such addresses in `ownAddresses`. WAF compares `X-Forwarded-For` only where the rule of the web ACL says so.',
    addressLimits.inbound,
    addressLimits.own,
    'An IP set takes 10,000 entries. One that is full is held: nothing that somebody has put there is taken out for another.',
    'WAF tells what it protects within about a minute (AWS WAF developer guide); what is read back is the set.',
    'A wider block that others have put into the set counts as blocked, and is left alone.',
    addressLimits.lease,
  ],
  timeoutSeconds: 330,
  observe: observeAddress,
  plan: planBlock,
  changedBy: (target, { blocked }) => {
    const ids = Object.keys(blocked).map((arn) => setOf(arn, target).Id);
    return [
      {
        eventName: 'UpdateIPSet',
        eventSource: 'wafv2.amazonaws.com',
        isOn: (asked) => ids.includes(textAt(asked, 'id') ?? ''),
      },
    ];
  },
  intended: (_target, _params, { blocked }, chosen) => {
    const { success, data } = chosenShape.safeParse(chosen);
    const sets = success ? data.sets.filter((arn) => Object.hasOwn(blocked, arn)) : [];
    return { blocked: { ...blocked, ...Object.fromEntries(sets.map((arn) => [arn, true])) } };
  },
  execute: (target, _params, _before, context) => block(target, context),
  verify: (target, _params, _before, context) => verifyBlocked(target, context),
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
