import type { NetworkAclEntry } from '@aws-sdk/client-ec2';
import type { ActionSettings, Target } from '../../shared/actions/contract.ts';
import { denyAddress } from '../../shared/actions/denyAddress/denyAddress.ts';
import { type Params, params } from '../../shared/actions/denyAddress/types.ts';
import { addressResource } from '../../shared/finding/address.ts';
import type { Json, JsonObject } from '../../shared/platform/json.ts';
import { actContext } from './actContext.ts';
import { Refusal } from './addressWorld.ts';
import { answeringAws } from './answeringAws.ts';

export const action = denyAddress;
export const [account, region] = ['123456789012', 'eu-central-1'] as const;
export const usual: Params = params.parse({});
export const [acl, second] = ['acl-0a1b2c3d4e5f60701', 'acl-0a1b2c3d4e5f60702'] as const;
export const [ingress, egress] = [`${acl}/ingress`, `${acl}/egress`] as const;

export const addressed = (id: string): Target => ({ ...addressResource(id, { account, region }), account, region });
export const attacker = addressed('192.175.48.7');
export const mine = `${attacker.id}/32`;

/** An entry in words: `1 deny 192.175.48.7/32`, with the protocol at the end where it is not all of them. */
export function entry(text: string, isEgress = false): NetworkAclEntry {
  const [number, action = 'allow', block = '', Protocol = '-1'] = text.split(' ');
  const RuleAction = action === 'deny' ? 'deny' : 'allow';
  const its = block.includes(':') ? { Ipv6CidrBlock: block } : { CidrBlock: block };
  return { RuleNumber: Number(number), RuleAction, Egress: isEgress, Protocol, ...its };
}

/** A network ACL as EC2 keeps it. */
export interface FakeAcl {
  readonly id: string;
  tags: { readonly [name: string]: string };
  readonly subnets: number;
  readonly owner: string;
  entries: NetworkAclEntry[];
}

const last = '32767 deny 0.0.0.0/0';
const allowed = '100 allow 0.0.0.0/0';
export const mark = { 'firebreak:block': 'allowed' };

interface Given extends Partial<Omit<FakeAcl, 'entries'>> {
  readonly in?: readonly string[];
  readonly out?: readonly string[];
}

/** One that is marked, and allows everything by number 100, unless it is said otherwise. */
export const aclOf = ({ in: came = [allowed], out = [allowed], ...more }: Given = {}): FakeAcl => ({
  ...{ id: acl, tags: mark, subnets: 2, owner: account },
  entries: [...[...came, last].map((text) => entry(text)), ...[...out, last].map((text) => entry(text, true))],
  ...more,
});

export const contents = ({ entries }: FakeAcl, isEgress = false): readonly string[] =>
  entries
    .filter(({ Egress }) => Egress === isEgress)
    .toSorted((one, other) => (one.RuleNumber ?? 0) - (other.RuleNumber ?? 0))
    .map(
      ({ RuleNumber, RuleAction, CidrBlock, Ipv6CidrBlock, Protocol }) =>
        `${RuleNumber} ${RuleAction} ${CidrBlock ?? Ipv6CidrBlock}${Protocol === '-1' ? '' : ` ${Protocol}`}`,
    )
    .filter((text) => text !== last);

export const withMine = (number: number): readonly string[] => [`${number} deny ${mine}`, allowed];

interface Asked {
  readonly NetworkAclId: string;
  readonly RuleNumber: number;
  readonly Egress: boolean;
}

interface Own {
  readonly elastic?: readonly string[];
  readonly vpcs?: readonly object[];
  /** Names of calls, or of calls in one direction (`CreateNetworkAclEntry egress`), and how EC2 refuses each. */
  readonly refuses?: { readonly [call: string]: string };
}

/** An account with these network ACLs; `between` happens after each read of them, and before whoever read goes on. */
export function aclWorld(
  acls: FakeAcl[],
  { elastic = [], vpcs = [{ VpcId: 'vpc-1', CidrBlock: '10.0.0.0/16' }], refuses = {} }: Own = {},
  between: () => void = () => undefined,
) {
  const refuse = (...calls: readonly string[]): void => {
    for (const call of calls) if (refuses[call] !== undefined) throw new Refusal(refuses[call]);
  };
  const asked = ({ NetworkAclId }: Asked): FakeAcl => {
    const found = acls.find(({ id }) => id === NetworkAclId);
    if (found === undefined) throw new Refusal('InvalidNetworkAclID.NotFound');
    return found;
  };
  const isThat =
    ({ RuleNumber, Egress }: Asked) =>
    (one: NetworkAclEntry): boolean =>
      one.RuleNumber === RuleNumber && one.Egress === Egress;
  const { aws, sent } = answeringAws({
    DescribeNetworkAcls: ({ Filters: [filter] }: { Filters: [{ Name: string; Values: string[] }] }) => {
      refuse('DescribeNetworkAcls');
      const { Name, Values } = filter;
      // By tag all are shown, so that what is not marked is left out by us and not by EC2 alone.
      const found = Name.startsWith('tag:') ? acls : acls.filter(({ id }) => Values.includes(id));
      const shown = found.map(({ id, tags, subnets, owner, entries }) => ({
        ...{ NetworkAclId: id, OwnerId: owner, Entries: [...entries] },
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
        Associations: Array.from({ length: subnets }, (_, at) => ({ SubnetId: `subnet-${at}` })),
      }));
      between();
      return { NetworkAcls: shown };
    },
    CreateNetworkAclEntry: (input: Asked & NetworkAclEntry) => {
      refuse('CreateNetworkAclEntry', `CreateNetworkAclEntry ${input.Egress ? 'egress' : 'ingress'}`);
      const its = asked(input);
      if (its.entries.some(isThat(input))) throw new Refusal('NetworkAclEntryAlreadyExists');
      const { NetworkAclId: _id, ...said } = input;
      its.entries.push(said);
      return {};
    },
    DeleteNetworkAclEntry: (input: Asked) => {
      refuse('DeleteNetworkAclEntry');
      const its = asked(input);
      if (!its.entries.some(isThat(input))) throw new Refusal('InvalidNetworkAclEntry.NotFound');
      its.entries = its.entries.filter((one) => !isThat(input)(one));
      return {};
    },
    DescribeVpcs: () => {
      refuse('DescribeVpcs');
      return { Vpcs: vpcs };
    },
    DescribeNetworkInterfaces: () => ({ NetworkInterfaces: [] }),
    DescribeAddresses: () => ({ Addresses: elastic.map((PublicIp) => ({ PublicIp })) }),
  });
  const context = (chosen: JsonObject = both, settings: Partial<ActionSettings> = {}, done?: Map<string, Json>) => {
    const made = actContext(aws, done === undefined ? undefined : { stored: new Map(), done });
    return { ...made, chosen, settings: { quietPullDays: 7, ...settings } };
  };
  return { acls, sent, context };
}

export const chosenAt = (...places: readonly string[]): JsonObject => ({
  entries: places.map((place) => ({ place, numbers: [1, 2, 3] })),
});
const both = chosenAt(ingress, egress);

export type AclWorld = ReturnType<typeof aclWorld>;

/** What it observes of an address, and what it plans: where something of it stands already, as if it did not. */
export async function plannedIn(
  { context }: AclWorld,
  target: Target = attacker,
  asked: JsonObject = {},
  before?: JsonObject,
  chosen?: JsonObject,
) {
  const its = params.parse(asked);
  const { chosen: _none, ...reading } = context();
  const stood = { ...(before === undefined ? {} : { before }), ...(chosen === undefined ? {} : { chosen }) };
  const observed = await action.observe(target, its, { ...reading, ...stood });
  const asBefore = { ...observed, ...(before?.['blocked'] === undefined ? {} : { blocked: before['blocked'] }) };
  return { observed, planned: action.plan(target, its, asBefore as typeof observed, reading.settings) };
}
