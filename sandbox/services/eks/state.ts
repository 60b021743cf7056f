import { createHash } from 'node:crypto';
import { type Account, AwsError, slice } from '../../account.ts';
import type { Association } from './associations.ts';

/** An access entry: whom IAM knows as this principal is in these groups of the cluster. */
interface AccessEntry {
  readonly principalArn: string;
  readonly groups: readonly string[];
}

export interface EksCluster {
  readonly name: string;
  readonly arn: string;
  readonly version: string;
  readonly createdAt: number;
  readonly tags: { readonly [name: string]: string };
  /** Whether its API can be reached from outside its VPC. */
  readonly publicEndpoint: boolean;
  readonly accessEntries: readonly AccessEntry[];
  readonly associations: readonly Association[];
}

/** By name. */
export const eksClusters = slice('eks', () => new Map<string, EksCluster>());

export const eksClusterArn = ({ region, id }: Pick<Account, 'region' | 'id'>, name: string): string =>
  `arn:aws:eks:${region}:${id}:cluster/${name}`;

/** What the address of its API begins with: 32 characters, as on AWS. They follow from the ARN, so that they are the same at every start. */
const apiId = ({ arn }: Pick<EksCluster, 'arn'>): string =>
  createHash('sha256').update(`API of ${arn}`).digest('hex').slice(0, 32).toUpperCase();

/** Who signs the tokens of its service accounts, as an OIDC provider of IAM is named for it. */
export const issuerOf = ({ region }: Pick<Account, 'region'>, cluster: Pick<EksCluster, 'arn'>): string =>
  `oidc.eks.${region}.amazonaws.com/id/${apiId(cluster)}`;

/** All that is sent below it is for the API of a cluster. */
const API_PATH = /^\/_eks\/([0-9A-F]{32})(?=\/|$)/;

export const isApiPath = (path: string): boolean => API_PATH.test(path);

/** The path of a request to a cluster's API, as Kubernetes names it, and which API that is. */
export function apiAsked(path: string): { readonly api: string; readonly path: string } {
  const [prefix = '', api = ''] = API_PATH.exec(path) ?? [];
  return { api, path: path.slice(prefix.length) };
}

/** Where its API is: at the account's own door. Over HTTP, so that no client needs a certificate of ours. */
export const apiEndpoint = (account: Account, cluster: EksCluster): string =>
  `${account.endpoint}/_eks/${apiId(cluster)}`;

/** The cluster whose API has this id. Throws AwsError NotFound. */
export function clusterOfApi(account: Account, api: string): EksCluster {
  const found = [...eksClusters(account).values()].find((cluster) => apiId(cluster) === api);
  if (found === undefined) throw new AwsError('NotFound', 'no cluster has this address', 404);
  return found;
}
