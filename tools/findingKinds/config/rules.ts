/**
 * The managed rules of AWS Config about containers, their hosts, their secrets and their network, by the name that AWS gives each
 * rule ("List of AWS Config Managed Rules", 2026).
 */
export interface ConfigRule {
  readonly rule: string;
  /** As the event says it. */
  readonly resourceType: string;
  readonly resourceId: string;
  /** Why it matters. */
  readonly says: string;
  /** Why nothing is changed by itself where no action mends it, or what of it none mends; null where one mends all of it. */
  readonly notFixed: string | null;
}

const arn = (rest: string): string => `arn:aws:${rest}`;
const inAccount = 'us-east-1:123456789012';

const repository = { resourceType: 'AWS::ECR::Repository', resourceId: 'shop/basket-api' };
const definition = {
  resourceType: 'AWS::ECS::TaskDefinition',
  resourceId: arn(`ecs:${inAccount}:task-definition/checkout-api:87`),
};
const service = { resourceType: 'AWS::ECS::Service', resourceId: arn(`ecs:${inAccount}:service/prod/checkout-api`) };
const cluster = { resourceType: 'AWS::ECS::Cluster', resourceId: arn(`ecs:${inAccount}:cluster/prod`) };
const instance = { resourceType: 'AWS::EC2::Instance', resourceId: 'i-0ab12cd34ef567890' };
const ofSystemsManager = (kind: string) => ({
  resourceType: `AWS::SSM::${kind}`,
  resourceId: 'AWS::SSM::ManagedInstanceInventory/i-0ab12cd34ef567890',
});
const secret = {
  resourceType: 'AWS::SecretsManager::Secret',
  resourceId: arn(`secretsmanager:${inAccount}:secret:checkout/database-a1B2c3`),
};
const group = { resourceType: 'AWS::EC2::SecurityGroup', resourceId: 'sg-0a1b2c3d4e5f60718' };
const account = { resourceType: 'AWS::::Account', resourceId: '123456789012' };
const kubernetes = { resourceType: 'AWS::EKS::Cluster', resourceId: 'prod-eks' };
const ofDetector = { resourceType: 'AWS::GuardDuty::Detector', resourceId: 'd8b1c2d3e4f5061728394a5b6c7d8e9f' };
const project = {
  resourceType: 'AWS::CodeBuild::Project',
  resourceId: arn(`codebuild:${inAccount}:project/checkout-api`),
};
const provider = {
  resourceType: 'AWS::ECS::CapacityProvider',
  resourceId: arn(`ecs:${inAccount}:capacity-provider/prod`),
};

type Row = readonly [rule: string, says: string, notFixed: string | null];
const of = (resource: Pick<ConfigRule, 'resourceType' | 'resourceId'>, rows: readonly Row[]): readonly ConfigRule[] =>
  rows.map(([rule, says, notFixed]) => ({ rule, ...resource, says, notFixed }));

const restarts = 'A new revision restarts every task, and what was allowed may be needed: its team deploys that.';

export const configRules: readonly ConfigRule[] = [
  ...of(repository, [
    ['ecr-private-image-scanning-enabled', 'What is pushed there is never found to be vulnerable.', null],
    ['ecr-private-tag-immutability-enabled', 'A tag that was deployed can lead to another image tomorrow.', null],
    [
      'ecr-private-lifecycle-policy-configured',
      'Old images stay, and may be started.',
      'A lifecycle policy deletes images: which may go, its owner knows.',
    ],
    [
      'ecr-repository-cmk-encryption-enabled',
      'Its images are not under a key of your own.',
      'Encryption is fixed when a repository is made: it has to be made anew.',
    ],
    ['ecr-repository-tagged', 'Nobody can be told of it.', 'Whose it is cannot be guessed.'],
  ]),
  ...of(definition, [
    [
      'ecs-no-environment-secrets',
      'A secret stands in the definition, for everybody who may read it.',
      'An access key alone can be set Inactive: of any other value, a `DB_PASSWORD` say, its owner is told the name. Once there is a new one, a rule like the example [`secret-moved`](../examples/rules/secret-moved.yaml) has the service given that.',
    ],
    ['ecs-containers-nonprivileged', 'A container may do on its host whatever root may.', null],
    ['ecs-containers-readonly-access', 'Whoever gets in can leave programs behind.', null],
    ['ecs-task-definition-user-for-host-mode-check', 'A container is in the network of its host, as root.', null],
    ['ecs-task-definition-nonroot-user', 'Its containers run as root.', null],
    ['ecs-task-definition-linux-user-non-root', 'Its containers run as root.', null],
    [
      'ecs-task-definition-windows-user-non-admin',
      'Its containers run as administrator.',
      'With another user many programs do not come up.',
    ],
    ['ecs-task-definition-log-configuration', 'What happens in it is written nowhere.', null],
    ['ecs-task-definition-pid-mode-check', 'It sees, and may end, every process of its host.', null],
    [
      'ecs-task-definition-memory-hard-limit',
      'One container can take the memory of all others on its host.',
      'How much it needs nobody can tell from outside: too little, and it is killed.',
    ],
    [
      'ecs-awsvpc-networking-enabled',
      'It has no security group of its own.',
      'It needs subnets and groups that somebody has to choose.',
    ],
    [
      'ecs-task-definition-network-mode-not-host',
      'A container is in the network of its host.',
      'What can reach it, on which port, and its groups would change: its team moves it.',
    ],
    [
      'ecs-task-definition-efs-encryption-enabled',
      'What it reads and writes goes over the network in the clear.',
      restarts,
    ],
  ]),
  ...of(service, [
    [
      'ecs-fargate-latest-platform-version',
      'It is pinned to a platform version of Fargate, and stays behind when AWS brings out the next.',
      null,
    ],
    [
      'ecs-service-propagate-tags-enabled',
      'Its tasks have no tags, so that nobody knows whose they are.',
      'Tags reach new tasks alone: its next deployment does that.',
    ],
  ]),
  ...of(cluster, [['ecs-container-insights-enabled', 'Nobody can say afterwards what its services did.', null]]),
  ...of(provider, [
    [
      'ecs-capacity-provider-termination-check',
      'Scaling in ends hosts on which tasks run.',
      'It changes how the cluster shrinks, and what that costs.',
    ],
  ]),
  ...of(instance, [
    [
      'ec2-instance-managed-by-systems-manager',
      'It can be neither patched nor looked into.',
      'It needs a role, and its agent a way out: somebody has to build both.',
    ],
    [
      'ec2-imdsv2-check',
      'A request that a program can be tricked into is enough to get the credentials of the host.',
      null,
    ],
    [
      'ec2-token-hop-limit-check',
      'Containers on it reach the credentials of the host.',
      'Containers that need them would lose them at once.',
    ],
  ]),
  ...of(ofSystemsManager('PatchCompliance'), [
    ['ec2-managedinstance-patch-compliance-status-check', 'It lacks patches that its baseline wants.', null],
  ]),
  ...of(ofSystemsManager('AssociationCompliance'), [
    ['ec2-managedinstance-association-compliance-status-check', 'It is not as State Manager should keep it.', null],
  ]),
  ...of(secret, [
    [
      'secretsmanager-rotation-enabled-check',
      'Whoever had it once has it for ever.',
      'It needs a function that changes it where it is used.',
    ],
    ['secretsmanager-scheduled-rotation-success-check', 'It should have been replaced, and was not.', null],
    ['secretsmanager-secret-periodic-rotation', 'It is older than you allow.', null],
    [
      'secretsmanager-secret-unused',
      'Nobody reads it, and it still opens something.',
      'It may be what the yearly job needs.',
    ],
  ]),
  ...of(group, [
    ['vpc-sg-open-only-to-authorized-ports', 'A port is open to the world that should not be.', null],
    ['restricted-ssh', 'Anybody may try to sign in.', null],
    ['restricted-common-ports', 'Anybody may try a port that is not meant for strangers.', null],
    ['vpc-default-security-group-closed', 'What is started without a group of its own is open.', null],
  ]),
  ...of(account, [
    [
      'guardduty-enabled-centralized',
      'Nobody watches this account.',
      'It costs money, and belongs to whoever looks after all accounts.',
    ],
  ]),
  ...of(ofDetector, [
    [
      'guardduty-non-archived-findings',
      'Findings wait for somebody to look at them.',
      'To archive one unseen would only hide it.',
    ],
    [
      'guardduty-ecs-protection-runtime-enabled',
      'Nobody sees what runs in tasks.',
      'It costs money for each task, and starts a container beside each.',
    ],
  ]),
  ...of(kubernetes, [
    [
      'eks-endpoint-no-public-access',
      'Anybody can reach the API of the cluster.',
      'Whoever works on it from outside is shut out, pipelines among them.',
    ],
    [
      'eks-secrets-encrypted',
      'Secrets lie in its store under no key of your own.',
      'It cannot be taken back, and needs a key with a policy.',
    ],
    ['eks-cluster-supported-version', 'It gets no patches any more.', 'An upgrade changes what its workloads may use.'],
    [
      'eks-cluster-oldest-supported-version',
      'It gets no patches any more, or soon none.',
      'An upgrade changes what its workloads may use.',
    ],
  ]),
  ...of(project, [
    [
      'codebuild-project-environment-privileged-check',
      'Whoever may change a build may do anything on its host.',
      'Builds of images need it.',
    ],
  ]),
];
