import { layerNamed } from './layers/layers.ts';

/** How a part of the talk is answered: what is found, which rule takes it, what is done, and the scenario that plays it to its end. */
export interface Way {
  /** Source and type, as it stands in a table. */
  readonly finding: string;
  /** Of `rules/`, or of `examples/rules/`; what `demo-` begins is the scenario's own. */
  readonly rule: string;
  /** Null: nothing is changed, somebody is told. */
  readonly action: string | null;
  /** For `firebreak demo`. */
  readonly scenario: string;
}

/** One thing that the talk "Container security and avoiding the 2 a.m. call" (AWS re:Invent 2019, WPS313) asks for. */
export interface Part {
  /** Its question. */
  readonly question: string;
  readonly part: string;
  readonly ways: readonly Way[];
  /** What of it is not there yet; absent where nothing is missing. */
  readonly missing?: string;
}

function layer(name: string): Way {
  const { finding, rule, action } = layerNamed(name);
  return { finding, rule, action, scenario: name };
}

const [threats, lifecycle, secrets, host, sight, network, depth] = [
  'What threats?',
  '1. Container lifecycle',
  '2. Secrets',
  '3. Container host',
  '4. Visibility',
  '5. Network',
  'Defence in depth',
] as const;

const miner = 'GuardDuty `CryptoCurrency:Runtime/BitcoinTool.B`';
const shell = 'GuardDuty `Execution:Runtime/ReverseShell`';

/** Every row of the talk, in its order, cut into what can be found. */
export const parts: readonly Part[] = [
  {
    ...{ question: threats, part: 'corrupted images: miners inside of public images' },
    ways: [
      { finding: miner, rule: 'demo-threats', action: 'ecs.contain-service', scenario: 'miner-in-image' },
      { finding: miner, rule: 'demo-threats', action: 'ecr.quarantine-image', scenario: 'miner-in-image' },
    ],
  },
  {
    ...{ question: threats, part: 'vulnerable platforms, and what is open to the world' },
    ways: [layer('mined-host'), layer('open-port')],
  },
  {
    ...{ question: threats, part: 'containers that are not hardened', ways: [layer('privileged-task')] },
  },
  {
    ...{ question: lifecycle, part: 'scanned images' },
    ways: [
      layer('unscanned-pushes'),
      {
        ...{ finding: 'ECR image scan, critical', rule: 'demo-critical-images' },
        ...{ action: 'ecr.quarantine-image', scenario: 'unused-image' },
      },
      {
        ...{ finding: 'ECR image scan, critical, of an image that runs', rule: 'demo-critical-images' },
        ...{ action: 'ecr.quarantine-image', scenario: 'running-image' },
      },
    ],
  },
  { ...{ question: lifecycle, part: 'tags that stay where they are', ways: [layer('movable-tags')] } },
  {
    ...{ question: lifecycle, part: 'an image that is needed is not cleaned away', ways: [layer('kept-image')] },
  },
  {
    ...{ question: lifecycle, part: 'private registries, signed images, images close to run time' },
    ways: [
      {
        ...{ finding: 'the inventory of what runs `RunningImageRefused`', rule: 'image-refused' },
        ...{ action: null, scenario: 'refused-image' },
      },
      {
        ...{ finding: 'the inventory of what runs `RunningImageRefused`, revoked', rule: 'image-refused' },
        ...{ action: null, scenario: 'revoked-signature' },
      },
    ],
  },
  {
    ...{ question: secrets, part: 'no secret in a task definition' },
    ways: [layer('leaked-key'), layer('moved-secret')],
  },
  { ...{ question: secrets, part: 'rotation', ways: [layer('overdue-secret')] } },
  {
    ...{ question: secrets, part: 'what a compromised task had: its secrets, and its role' },
    ways: [layer('read-secret'), layer('taken-role'), layer('limited-role')],
  },
  {
    ...{ question: host, part: 'hardening: what gives a host’s credentials away', ways: [layer('old-metadata')] },
  },
  {
    ...{ question: host, part: 'patches' },
    ways: [
      {
        ...{ finding: 'Systems Manager `PatchCompliance`', rule: 'demo-patch' },
        ...{ action: 'ssm.patch-hosts', scenario: 'host-patch' },
      },
      layer('outdated-platform'),
    ],
  },
  {
    ...{ question: host, part: 'a host emptied before it is replaced', ways: [layer('drained-host')] },
  },
  { ...{ question: host, part: 'State Manager', ways: [layer('failed-association')] } },
  { ...{ question: host, part: 'attackers’ addresses in WAF', ways: [layer('blocked-address')] } },
  {
    ...{ question: host, part: 'a host cut off the network', ways: [layer('mined-host')] },
  },
  {
    ...{ question: sight, part: 'evidence before anything is stopped' },
    ways: [
      { finding: shell, rule: 'demo-threats', action: 'evidence.capture', scenario: 'intrusion' },
      { ...layer('mined-host'), action: 'ec2.snapshot-volumes' },
    ],
  },
  { ...{ question: sight, part: 'Container Insights', ways: [layer('unseen-cluster')] } },
  {
    ...{ question: sight, part: 'log configuration and FireLens' },
    ways: [layer('unlogged-task'), layer('routed-task')],
  },
  {
    ...{ question: sight, part: 'third parties, through Security Hub', ways: [layer('partner-threat')] },
  },
  {
    ...{ question: network, part: 'a compromised task is stopped' },
    ways: [
      layer('served-task'),
      { finding: shell, rule: 'demo-threats', action: 'ecs.contain-service', scenario: 'intrusion' },
    ],
  },
  {
    ...{
      question: network,
      part: 'a pod or a node on Kubernetes',
      ways: [layer('shell-in-pod'), layer('role-of-pod'), layer('pod-of-host'), layer('drained-node')],
    },
    missing:
      'a pod is not cut off the network by itself: a network policy of the VPC CNI would not keep that promise (decision 0056)',
  },
  { ...{ question: network, part: 'open security groups', ways: [layer('open-port')] } },
  { ...{ question: network, part: 'attackers’ addresses in network ACLs', ways: [layer('denied-address')] } },
  { ...{ question: depth, part: 'functions', ways: [layer('called-function')] } },
];
