import { GetIPSetCommand, ListIPSetsCommand, WAFV2Client } from '@aws-sdk/client-wafv2';
import { clientOf } from '../client.ts';
import type { Layer } from './layer.ts';

const name = 'firebreak-blocked-ipv4';
const Scope = 'REGIONAL';

export const blockedAddress: Layer = {
  name: 'blocked-address',
  title:
    'Credentials of a task role are used from an address outside: the sessions are cut off, and the address is blocked in AWS WAF',
  finding: 'GuardDuty `UnauthorizedAccess:IAMUser/ResourceCredentialExfiltration.OutsideAWS`',
  sample: 'guardduty-task-role-attacker',
  rule: 'attacker-blocked',
  action: 'waf.block-address',
  look: async (theatre) => {
    const waf = new WAFV2Client(clientOf(theatre));
    const { IPSets: sets = [] } = await waf.send(new ListIPSetsCommand({ Scope }));
    const Id = sets.find(({ Name }) => Name === name)?.Id ?? '';
    const { IPSet } = await waf.send(new GetIPSetCommand({ Name: name, Id, Scope }));
    return `${name} has ${(IPSet?.Addresses ?? []).join(', ')}`;
  },
  outcome: 'contained',
  told: 'page',
  undoneAfterHours: 13,
};
