import { blockAddress } from '../../shared/actions/blockAddress/blockAddress.ts';
import { type Params, params } from '../../shared/actions/blockAddress/types.ts';
import type { ActionSettings, Target } from '../../shared/actions/contract.ts';
import { addressResource } from '../../shared/finding/address.ts';
import type { Json, JsonObject } from '../../shared/platform/json.ts';
import { actContext } from './actContext.ts';
import { answeringAws } from './answeringAws.ts';

export const action = blockAddress;
export const [account, region] = ['123456789012', 'eu-central-1'] as const;
export const usual: Params = params.parse({});

export const addressed = (id: string): Target => ({ ...addressResource(id, { account, region }), account, region });
export const attacker = addressed('192.175.48.7');

export const arnOf = (name: string, scope: 'REGIONAL' | 'CLOUDFRONT' = 'REGIONAL'): string =>
  `arn:aws:wafv2:${scope === 'REGIONAL' ? `${region}:${account}:regional` : `us-east-1:${account}:global`}/ipset/${name}/id-of-${name}`;

/** An IP set as AWS WAF keeps it: a change needs the token of the last read. */
export interface FakeSet {
  readonly name: string;
  readonly scope?: 'REGIONAL' | 'CLOUDFRONT';
  readonly version?: 'IPV4' | 'IPV6';
  readonly tags?: { readonly [name: string]: string };
  addresses: readonly string[];
  description?: string | undefined;
  token?: number;
}

const v4 = 'firebreak-blocked-ipv4';
export const setV4 = (addresses: readonly string[] = [], more: Partial<FakeSet> = {}): FakeSet => ({
  ...{ name: v4, addresses, description: 'what attacks us' },
  ...more,
});
export const arnV4 = arnOf(v4);

export class Refusal extends Error {
  readonly $fault = 'client';
  readonly $metadata = {};
  constructor(name: string) {
    super(name);
    this.name = name;
  }
}

/** Whoever else writes: reads, and writes with that token. */
export function writtenByOthers(set: FakeSet, addresses: readonly string[]): void {
  set.addresses = addresses;
  set.token = (set.token ?? 0) + 1;
}

interface Own {
  readonly elastic?: readonly string[];
  /** By the filter that finds it. */
  readonly interfaces?: { readonly [filter: string]: string };
  readonly unread?: boolean;
}

type Named = { readonly Name: string; readonly Scope: string };

/** An account with these IP sets; `between` happens after each read of one, and before whoever read it goes on. */
export function wafWorld(
  sets: FakeSet[],
  { elastic = [], interfaces = {}, unread = false }: Own = {},
  between: (set: FakeSet) => void | Promise<void> = () => undefined,
) {
  const scopeOf = ({ scope = 'REGIONAL' }: FakeSet) => scope;
  const asked = ({ Name, Scope }: Named): FakeSet => {
    const found = sets.find((set) => set.name === Name && scopeOf(set) === Scope);
    if (found === undefined) throw new Refusal('WAFNonexistentItemException');
    return found;
  };
  const { aws, sent } = answeringAws({
    ListIPSets: ({ Scope }: Named) => ({
      IPSets: sets
        .filter((set) => scopeOf(set) === Scope)
        .map((set) => ({ Name: set.name, ARN: arnOf(set.name, set.scope) })),
      NextMarker: undefined,
    }),
    GetIPSet: async (input: Named) => {
      const set = asked(input);
      const { addresses, description, version = 'IPV4', token = 0 } = set;
      await between(set);
      return {
        IPSet: { Addresses: [...addresses], IPAddressVersion: version, Description: description },
        LockToken: String(token),
      };
    },
    ListTagsForResource: ({ ResourceARN }: { ResourceARN: string }) => ({
      TagInfoForResource: {
        TagList: Object.entries(sets.find((set) => arnOf(set.name, set.scope) === ResourceARN)?.tags ?? {}).map(
          ([Key, Value]) => ({ Key, Value }),
        ),
      },
    }),
    UpdateIPSet: async (input: Named & { LockToken: string; Addresses: string[]; Description?: string }) => {
      const set = asked(input);
      if (String(set.token ?? 0) !== input.LockToken) throw new Refusal('WAFOptimisticLockException');
      writtenByOthers(set, input.Addresses);
      set.description = input.Description;
      return { NextLockToken: String(set.token) };
    },
    DescribeNetworkInterfaces: ({ Filters: [filter] }: { Filters: [{ Name: string }] }) => {
      if (unread) throw new Refusal('UnauthorizedOperation');
      const found = interfaces[filter.Name];
      return { NetworkInterfaces: found === undefined ? [] : [{ NetworkInterfaceId: found }] };
    },
    DescribeAddresses: () => ({ Addresses: elastic.map((PublicIp) => ({ PublicIp })) }),
  });
  const context = (
    chosen: readonly string[] = [arnV4],
    settings: Partial<ActionSettings> = {},
    done?: Map<string, Json>,
  ) => {
    const made = actContext(aws, done === undefined ? undefined : { stored: new Map(), done });
    return { ...made, chosen: { sets: [...chosen] }, settings: { quietPullDays: 7, ...settings } };
  };
  return { sets, sent, context };
}

type WafWorld = ReturnType<typeof wafWorld>;

/** What it observes of an address, and what it plans. */
export async function plannedIn(
  { context }: WafWorld,
  target: Target = attacker,
  asked: JsonObject = {},
  settings: Partial<ActionSettings> = {},
) {
  const its = params.parse(asked);
  const { chosen: _none, ...reading } = context([], settings);
  const observed = await action.observe(target, its, reading);
  return { observed, planned: action.plan(target, its, observed, reading.settings) };
}
