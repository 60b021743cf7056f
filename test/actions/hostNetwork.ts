import type { IpPermission } from '@aws-sdk/client-ec2';
import type { Json } from '../../shared/platform/json.ts';
import { actContext, type TestContext } from './actContext.ts';
import { answeringAws, type Sent } from './answeringAws.ts';
import { embeddedTarget } from './embeddedWorlds.ts';

export const target = embeddedTarget('instance');
export const host = target.id;
export const [eni, second, ofTask] = [
  'eni-0000000000000000a',
  'eni-0000000000000000b',
  'eni-0000000000000000c',
] as const;
export const [vpc, otherVpc] = ['vpc-0000000000000000a', 'vpc-0000000000000000b'] as const;
export const [web, own] = ['sg-0000000000000000b', 'sg-0000000000000000a'] as const;
export const closed = `firebreak-quarantine-${host}`;
export const opening = `firebreak-opening-${host}`;

interface Group {
  readonly name: string;
  readonly vpc: string;
  in: IpPermission[];
  out: IpPermission[];
  tags: { readonly Key?: string; readonly Value?: string }[];
}
interface Interface {
  readonly vpc?: string;
  groups: readonly string[];
  readonly theirs?: boolean;
  readonly type?: string;
}
interface Asked {
  readonly GroupId?: string;
  readonly GroupName?: string;
  readonly VpcId?: string;
  readonly GroupIds?: readonly string[];
  readonly Groups?: readonly string[];
  readonly NetworkInterfaceId?: string;
  readonly IpPermissions?: readonly IpPermission[];
  readonly Resources?: readonly string[];
  readonly Tags?: Group['tags'];
  readonly TagSpecifications?: readonly { readonly Tags: Group['tags'] }[];
}

export const refusal = (name: string): Error =>
  Object.assign(new Error('refused'), { name, $metadata: {}, $fault: 'client' });

const all = (CidrIp: string): IpPermission => ({ IpProtocol: '-1', IpRanges: [{ CidrIp }] });

const at = (rules: readonly IpPermission[], asked: IpPermission): number =>
  rules.findIndex((one) => JSON.stringify(one) === JSON.stringify(asked));

/** One rule a call, as EC2 changes all or none. */
function add(rules: IpPermission[], { IpPermissions: [asked = {}] = [] }: Asked): void {
  if (at(rules, asked) >= 0) throw refusal('InvalidPermission.Duplicate');
  rules.push(asked);
}

function take(rules: IpPermission[], { IpPermissions: [asked = {}] = [] }: Asked): void {
  if (at(rules, asked) < 0) throw refusal('InvalidPermission.NotFound');
  rules.splice(at(rules, asked), 1);
}

/** A host with its interfaces and groups in memory, which behaves as EC2 and Auto Scaling do, and refuses what it is told to. */
export class HostNetwork {
  readonly interfaces = new Map<string, Interface>([[eni, { groups: [web, own] }]]);
  readonly groups = new Map<string, Group>([
    [web, { name: 'web', vpc, in: [all('10.0.0.0/8')], out: [all('0.0.0.0/0')], tags: [] }],
    [own, { name: 'own', vpc, in: [], out: [all('0.0.0.0/0')], tags: [] }],
  ]);
  scaling: { readonly group: string; lifecycle: string } | undefined;
  operator: object = { Managed: false };
  /** What a call is refused with: by its name, what it asks for, and how many there were of that name. */
  refuse: (operation: string, asked: Asked, nth: number) => Error | undefined = () => undefined;
  /** Called after each change, with what it was. */
  after: (operation: string, asked: Asked) => void = () => undefined;
  readonly sent: readonly Sent[];
  readonly context: TestContext;
  readonly #counts = new Map<string, number>();

  constructor(done: readonly string[] = []) {
    const { aws, sent } = answeringAws(this.#answers());
    this.sent = sent;
    this.context = actContext(aws, {
      stored: new Map(),
      done: new Map<string, Json>(done.map((name) => [name, 'done'])),
    });
  }

  /** The names of the groups of an interface, with the number of their rules. */
  where(id: string = eni): string {
    const names = this.interfaces.get(id)?.groups.map((one) => {
      const group = this.groups.get(one);
      return `${group?.name} ${(group?.in.length ?? 0) + (group?.out.length ?? 0)}`;
    });
    return (names ?? []).join(', ');
  }

  /** Whether anything can reach it, or it anything. */
  get isOpen(): boolean {
    return [...this.interfaces.values()].some(({ groups }) =>
      groups.some((id) => this.groups.get(id)?.in.some(({ IpRanges = [] }) => IpRanges[0]?.CidrIp === '0.0.0.0/0')),
    );
  }

  /** The changes that were asked for, in order: for an interface the names of what it was to be put into. */
  readonly changes: string[] = [];

  idOf(name: string): string {
    const [id = ''] = [...this.groups].find(([, group]) => group.name === name) ?? [];
    return id;
  }

  addOwn(name: string, more: Partial<Group> = {}): string {
    const id = `sg-${String(this.groups.size).padStart(17, '0')}`;
    this.groups.set(id, { name, vpc, in: [], out: [], tags: [{ Key: 'firebreak:isolates', Value: host }], ...more });
    return id;
  }

  #answers() {
    const answer =
      (operation: string, work: (asked: Asked) => unknown) =>
      (asked: Asked): unknown => {
        const nth = (this.#counts.get(operation) ?? 0) + 1;
        this.#counts.set(operation, nth);
        if (!operation.startsWith('Describe'))
          this.changes.push(asked.Groups?.map((id) => this.groups.get(id)?.name ?? id).join() ?? operation);
        const refused = this.refuse(operation, asked, nth);
        if (refused !== undefined) throw refused;
        const answered = work(asked);
        this.after(operation, asked);
        return answered ?? {};
      };
    const group = ({ GroupId = '' }: Asked): Group => {
      const found = this.groups.get(GroupId);
      if (found === undefined) throw refusal('InvalidGroup.NotFound');
      return found;
    };
    const shown = ([id, { name, vpc: VpcId, in: IpPermissions, out: IpPermissionsEgress, tags }]: [string, Group]) => ({
      ...{ GroupId: id, GroupName: name, VpcId, Tags: tags },
      ...{ IpPermissions: [...IpPermissions], IpPermissionsEgress: [...IpPermissionsEgress] },
    });
    const works: { readonly [operation: string]: (asked: Asked) => unknown } = {
      DescribeInstances: () => ({
        Reservations: [
          { Instances: [{ InstanceId: host, Operator: this.operator, Tags: [{ Key: 'team', Value: 'platform' }] }] },
        ],
      }),
      DescribeNetworkInterfaces: () => ({
        NetworkInterfaces: [...this.interfaces].map(([NetworkInterfaceId, one]) => ({
          ...{ NetworkInterfaceId, VpcId: one.vpc ?? vpc, RequesterManaged: one.theirs ?? false },
          InterfaceType: one.type ?? 'interface',
          Groups: one.groups.map((id) => ({ GroupId: id, GroupName: this.groups.get(id)?.name })),
        })),
      }),
      DescribeSecurityGroups: ({ GroupIds }) => ({
        SecurityGroups: [...this.groups]
          .filter(([id, { name }]) => GroupIds?.includes(id) ?? [closed, opening].includes(name))
          .map(shown),
      }),
      DescribeAutoScalingInstances: () => ({
        AutoScalingInstances:
          this.scaling === undefined
            ? []
            : [{ InstanceId: host, AutoScalingGroupName: this.scaling.group, LifecycleState: this.scaling.lifecycle }],
      }),
      CreateSecurityGroup: ({ GroupName = '', VpcId = '', TagSpecifications }) => ({
        GroupId: this.addOwn(GroupName, {
          vpc: VpcId,
          out: [all('0.0.0.0/0')],
          tags: [...(TagSpecifications?.[0]?.Tags ?? [])],
        }),
      }),
      DeleteSecurityGroup: (asked) => {
        const { GroupId = '' } = asked;
        group(asked);
        if ([...this.interfaces.values()].some(({ groups }) => groups.includes(GroupId)))
          throw refusal('DependencyViolation');
        this.groups.delete(GroupId);
      },
      AuthorizeSecurityGroupIngress: (asked) => add(group(asked).in, asked),
      AuthorizeSecurityGroupEgress: (asked) => add(group(asked).out, asked),
      RevokeSecurityGroupIngress: (asked) => take(group(asked).in, asked),
      RevokeSecurityGroupEgress: (asked) => take(group(asked).out, asked),
      CreateTags: ({ Resources = [], Tags = [] }) => {
        for (const GroupId of Resources) group({ GroupId }).tags.push(...Tags);
      },
      ModifyNetworkInterfaceAttribute: ({ NetworkInterfaceId = '', Groups = [] }) => {
        const one = this.interfaces.get(NetworkInterfaceId);
        if (one === undefined) throw refusal('InvalidNetworkInterfaceID.NotFound');
        one.groups = [...Groups];
      },
      EnterStandby: () => {
        if (this.scaling?.lifecycle !== 'InService') throw refusal('ValidationError');
        this.scaling.lifecycle = 'EnteringStandby';
      },
      ExitStandby: () => {
        if (this.scaling?.lifecycle !== 'Standby') throw refusal('ValidationError');
        this.scaling.lifecycle = 'Pending';
      },
    };
    return Object.fromEntries(Object.entries(works).map(([name, work]) => [name, answer(name, work)]));
  }
}
