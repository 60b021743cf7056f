/** What a finding can be about. One member per kind; `id` tells resources of a kind apart within account and Region. */

/** A container image in ECR. `digest` is null when the event named none: a tag is no identity, so nothing can be done to it. */
export interface ImageResource {
  readonly kind: 'image';
  /** `repository@digest`, or `repository` alone when there is no digest. */
  readonly id: string;
  /** The repository's ARN, which is what IAM scopes ECR calls to. */
  readonly arn: string;
  readonly repository: string;
  readonly digest: string | null;
  readonly tags: readonly string[];
}

/** A container as a finding names it: GuardDuty gives the image as it is written in the task definition, and no digest. */
export interface NamedContainer {
  readonly name: string;
  readonly image: string;
}

/** A task on Amazon ECS. */
export interface EcsTaskResource {
  readonly kind: 'ecs-task';
  /** `cluster/task id`. */
  readonly id: string;
  readonly arn: string;
  readonly cluster: string;
  /** Name of the service that the task belongs to; null for a task that none replaces, or where the event does not say. */
  readonly service: string | null;
  /** `service:NAME`, `family:NAME` or what RunTask was given; null where the event does not say. */
  readonly group: string | null;
  /** ARN of the task definition's revision. */
  readonly taskDefinition: string | null;
  readonly launchType: string | null;
  readonly containers: readonly NamedContainer[];
}

export interface EcsServiceResource {
  readonly kind: 'ecs-service';
  /** `cluster/service`. */
  readonly id: string;
  readonly arn: string;
  readonly cluster: string;
  readonly service: string;
}

/** A cluster, accused as a whole; `tasks` are those that the event names. */
export interface EcsClusterResource {
  readonly kind: 'ecs-cluster';
  /** The cluster's name. */
  readonly id: string;
  readonly arn: string;
  readonly cluster: string;
  /** ARNs. */
  readonly tasks: readonly string[];
}

/** An EC2 instance. */
export interface InstanceResource {
  readonly kind: 'instance';
  /** `i-…`. */
  readonly id: string;
  readonly arn: string;
}

/** A node that Systems Manager manages and that is no EC2 instance: a machine of one's own, or one elsewhere. */
export interface ManagedInstanceResource {
  readonly kind: 'managed-instance';
  /** `mi-…`. */
  readonly id: string;
  readonly arn: string;
}

/** A repository in ECR, as such: how it is scanned, whether its tags may move. */
export interface EcrRepositoryResource {
  readonly kind: 'ecr-repository';
  /** The repository's name. */
  readonly id: string;
  readonly arn: string;
  readonly repository: string;
}

/** A revision of a task definition. */
export interface EcsTaskDefinitionResource {
  readonly kind: 'ecs-task-definition';
  /** `family:revision`. */
  readonly id: string;
  readonly arn: string;
}

/** A workload on Kubernetes. */
export interface PodResource {
  readonly kind: 'pod';
  /** `cluster/namespace/name`; the cluster alone where the event names no workload. */
  readonly id: string;
  /** The cluster's ARN. */
  readonly arn: string;
  readonly cluster: string;
  readonly namespace: string | null;
  /** `pods/checkout-5c9f`: type and name, as the event gives them. */
  readonly workload: string | null;
  /** Its service account; null where the event names none. */
  readonly serviceAccount: string | null;
}

/** An IAM role (credentials of it were used). */
export interface RoleResource {
  readonly kind: 'role';
  /** The role's name. */
  readonly id: string;
  readonly arn: string;
  /** The session whose credentials were used: of an ECS task, its id. */
  readonly session: string | null;
}

/** A Lambda function. */
export interface FunctionResource {
  readonly kind: 'function';
  /** The function's ARN without version. */
  readonly id: string;
  readonly arn: string;
}

/** A secret in Secrets Manager. */
export interface SecretResource {
  readonly kind: 'secret';
  /** Its name with what Secrets Manager puts behind it: `checkout/database-a1B2c3`. */
  readonly id: string;
  readonly arn: string;
}

/** A long-term access key of a user of IAM. Its id is no secret: IAM's calls name the key by it. */
export interface AccessKeyResource {
  readonly kind: 'access-key';
  /** `AKIA…`. */
  readonly id: string;
  /** ARN of the user, which is what IAM scopes calls about its keys to; without the user's path. */
  readonly arn: string;
  /** Name of the user. */
  readonly user: string;
}

/** A security group of a VPC: what may come in, and go out. */
export interface SecurityGroupResource {
  readonly kind: 'security-group';
  /** `sg-…`. */
  readonly id: string;
  readonly arn: string;
}

/** An address on the internet from which somebody came. */
export interface AddressResource {
  readonly kind: 'address';
  /** `198.51.100.7`, `2001:db8::7`: in canonical form. */
  readonly id: string;
  readonly arn: string;
}

/** Something that nothing here acts on: it is told, by severity. */
export interface OtherResource {
  readonly kind: 'other';
  readonly id: string;
  readonly arn: string;
  /** As the source calls it: `S3Bucket`, `RDSDBInstance`, or a type that did not exist yesterday. */
  readonly type: string;
}

export type Resource =
  | ImageResource
  | EcsTaskResource
  | EcsServiceResource
  | EcsClusterResource
  | InstanceResource
  | ManagedInstanceResource
  | EcrRepositoryResource
  | EcsTaskDefinitionResource
  | PodResource
  | RoleResource
  | FunctionResource
  | SecretResource
  | AccessKeyResource
  | SecurityGroupResource
  | AddressResource
  | OtherResource;

export type ResourceKind = Resource['kind'];

/** What may be found to belong to a resource of a kind, and can be acted on with it: a task's service, its images, its role and its secrets, the groups that let an instance be reached, the pod of an EKS node that somebody is in, the services that run a revision and the access keys that stand in it, the address from which somebody came. */
export const leadsTo: Readonly<Record<ResourceKind, readonly ResourceKind[]>> = {
  image: ['image'],
  'ecs-task': ['ecs-task', 'ecs-service', 'image', 'role', 'secret', 'address'],
  'ecs-service': ['ecs-service'],
  'ecs-cluster': ['ecs-cluster', 'ecs-task', 'ecs-service', 'image', 'role', 'secret', 'address'],
  instance: ['instance', 'security-group', 'pod', 'role', 'address'],
  'managed-instance': ['managed-instance'],
  'ecr-repository': ['ecr-repository'],
  'ecs-task-definition': ['ecs-task-definition', 'ecs-service', 'access-key'],
  pod: ['pod', 'role', 'address'],
  role: ['role', 'address'],
  function: ['function', 'role', 'address'],
  secret: ['secret'],
  'access-key': ['access-key'],
  'security-group': ['security-group'],
  address: ['address'],
  other: ['other', 'address'],
};
