/**
 * The finding types of GuardDuty that concern what Firebreak looks after: tasks, pods, hosts, functions, roles, malware, attack
 * sequences. As "GuardDuty active finding types" of its user guide lists them (2026), with the severity that they have by default;
 * S3, RDS and Bedrock types are told by their severity, like every type that is not here.
 */

/** What a finding of a type is about, as `resource.resourceType` of the event says. */
export type About =
  | 'ECSCluster'
  | 'Container'
  | 'EKSCluster'
  | 'Instance'
  | 'Lambda'
  | 'AccessKey'
  | 'AttackSequence'
  | 'EBSSnapshot'
  | 'EC2Image'
  | 'RecoveryPoint';

export interface GuardDutyType {
  readonly type: string;
  /** By default; where GuardDuty says that it varies, the middle of what it may be. */
  readonly severity: number;
  readonly about: readonly [About, ...About[]];
  /** What it means for whoever is woken. */
  readonly says: string;
  /** The instance did it, rather than had it done to it. */
  readonly actor?: true;
}

export interface GuardDutySection {
  readonly title: string;
  readonly types: readonly GuardDutyType[];
}

export const LOW = 2;
export const MEDIUM = 5;
export const HIGH = 8;
export const CRITICAL = 9;

export type Row = readonly [names: string, severity: number, says: string];

/** `B C` after `Backdoor:Runtime/` are two types. */
export const spread = (about: GuardDutyType['about'], rows: readonly Row[], actor?: true): readonly GuardDutyType[] =>
  rows.flatMap(([names, severity, says]) => {
    const [purpose = '', rest = ''] = names.split('/');
    return rest.split(' ').map((name) => ({
      type: `${purpose}/${name}`,
      severity,
      about,
      says,
      ...(actor === undefined ? {} : { actor }),
    }));
  });

export const talksToAttacker = 'It talks to a server that attackers steer programs from: somebody is inside.';
export const mines = 'It computes for somebody else. Whoever brought the miner may have brought more.';
export const goesNowhere = 'It sends to an address where nothing answers, as programs do whose server was taken down.';
export const brings = 'It hands over what it stole, or fetches what to run: a known place for that.';
export const tor = 'It hides whom it talks to. Nothing in production should.';
