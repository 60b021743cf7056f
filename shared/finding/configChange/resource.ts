import { InvalidEvent } from '../../platform/errors.ts';
import { bounded, detailLength } from '../bounds.ts';
import { readRepository } from '../ecrImage.ts';
import { clusterArn, definitionArn, ecsCluster, ecsName, ecsService, ecsTaskDefinition, serviceArn } from '../ecs.ts';
import { functionArn, functionName, lambdaFunction } from '../lambda.ts';
import { composeArn, type Place, readArn, readName } from '../place.ts';
import type { EcrRepositoryResource, OtherResource, Resource, RoleResource, SecretResource } from '../resource.ts';
import { iamRole } from '../role.ts';
import { groupArn, groupId, securityGroup } from '../securityGroup.ts';
import { nodeIn } from './node.ts';

/** Throws InvalidEvent for what can be no id of its type, or lies elsewhere; null where the id does not say which one it is. */
type Reader = (id: string, place: Place) => Resource | null;

const at = 'detail.resourceId';
/** Longest type in an id: with the rest it fits into a key of the table. */
const typeLength = 100;

/** The name within an ARN, or as it is: AWS does not document which of the two a type has. */
function namesIn(
  id: string,
  place: Place,
  inArn: readonly [service: string, what: RegExp],
  bare: RegExp,
): readonly string[] {
  if (id.startsWith('arn:')) return readArn(id, at, place, inArn);
  const [whole = '', ...parts] = bare.exec(readName(id, at, bare)) ?? [];
  return parts.length > 0 ? parts : [whole];
}

function repository(id: string, place: Place): EcrRepositoryResource | null {
  const { repository: name, account, region } = readRepository(id, at);
  if ((account ?? place.account) !== place.account || (region ?? place.region) !== place.region) return null;
  return {
    kind: 'ecr-repository',
    id: name,
    arn: composeArn('ecr', place, `repository/${name}`),
    repository: name,
  };
}

const bareService = /^([A-Za-z0-9_-]{1,255})\/([A-Za-z0-9_-]{1,255})$/;
const bareDefinition = /^[A-Za-z0-9_-]{1,255}:\d{1,10}$/;

const roleArn = /^arn:aws(?:-[a-z]+)*:iam::(\d{12}):role\/(?:[!-~]*\/)?([\w+=,.@-]{1,64})$/;

/** AWS Config names a role by its unique id (`AROA…`), which nothing here can act on; a rule of one's own may give the ARN. */
function role(id: string, place: Place): RoleResource | null {
  const [, account, name] = roleArn.exec(id) ?? [];
  return name === undefined || account !== place.account ? null : iamRole(name, null, place);
}

const secretArn = ['secretsmanager', /^secret:([A-Za-z0-9/_+=.@-]{1,512}-[A-Za-z0-9]{6})$/] as const;

/** A name alone does not say which secret it is: of one that was deleted another may have the name now. */
function secret(id: string, place: Place): SecretResource | null {
  if (!id.startsWith('arn:')) return null;
  const [name = ''] = readArn(id, at, place, secretArn);
  return { kind: 'secret', id: name, arn: composeArn('secretsmanager', place, `secret:${name}`) };
}

/** By the type, as AWS Config calls it. */
const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['AWS::ECR::Repository', repository],
  [
    'AWS::ECS::TaskDefinition',
    (id, place) => {
      const [revision = ''] = namesIn(id, place, definitionArn, bareDefinition);
      return ecsTaskDefinition(revision, place);
    },
  ],
  [
    'AWS::ECS::Service',
    (id, place) => {
      const [cluster = '', service = ''] = namesIn(id, place, serviceArn, bareService);
      return ecsService(cluster, service, place);
    },
  ],
  [
    'AWS::ECS::Cluster',
    (id, place) => {
      const [cluster = ''] = namesIn(id, place, clusterArn, ecsName);
      return ecsCluster(cluster, place, []);
    },
  ],
  [
    'AWS::Lambda::Function',
    (id, place) => {
      const [name = ''] = namesIn(id, place, functionArn, functionName);
      return lambdaFunction(name, place);
    },
  ],
  ['AWS::IAM::Role', role],
  ['AWS::SecretsManager::Secret', secret],
  [
    'AWS::EC2::SecurityGroup',
    (id, place) => {
      const [group = ''] = namesIn(id, place, groupArn, groupId);
      return securityGroup(group, place);
    },
  ],
  ['AWS::EC2::Instance', nodeIn],
  ['AWS::SSM::ManagedInstanceInventory', nodeIn],
  ['AWS::SSM::PatchCompliance', nodeIn],
  ['AWS::SSM::AssociationCompliance', nodeIn],
]);

/** A resource of a type that nothing here acts on, or whose id is not in a form that we know. With the type: ids of two types may be equal. */
export function unreadResource(as: string, id: string): OtherResource {
  const type = bounded(as, typeLength);
  return {
    kind: 'other',
    id: `${type}/${bounded(id, detailLength)}`,
    arn: id.startsWith('arn:') ? bounded(id, detailLength) : '',
    type,
  };
}

/**
 * What a rule of AWS Config evaluated. How a type's ids look is documented for few types, so that an id in a form that we do not know is told
 * and not acted on, instead of making the event invalid: what is in a known kind's name, and what lies elsewhere than the
 * finding, never becomes part of an ARN.
 */
export function evaluatedResource(type: string, id: string, place: Place): Resource {
  try {
    return readers.get(type)?.(id, place) ?? unreadResource(type, id);
  } catch (error) {
    if (error instanceof InvalidEvent) return unreadResource(type, id);
    throw error;
  }
}
