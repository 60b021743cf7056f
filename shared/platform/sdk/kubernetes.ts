import { type IncomingHttpHeaders, request as plain } from 'node:http';
import { type RequestOptions, request as secure } from 'node:https';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { STSClient } from '@aws-sdk/client-sts';
import {
  AppsV1Api,
  BatchV1Api,
  CoreV1Api,
  createConfiguration,
  PatchStrategy,
  type RequestContext,
  ResponseContext,
  ServerConfiguration,
  setHeaderOptions,
  wrapHttpLibrary,
} from '@kubernetes/client-node';
import { SignatureV4 } from '@smithy/signature-v4';
import { type AwsConfig, clientConfig } from './config.ts';

/** The API of one cluster. What it refuses is thrown as KubernetesFailure; what breaks on the way, as Node names it. */
export interface Kubernetes {
  readonly core: CoreV1Api;
  readonly apps: AppsV1Api;
  readonly batch: BatchV1Api;
  /** For a call that patches: only the fields that are given change (RFC 7386). */
  readonly mergePatch: ReturnType<typeof setHeaderOptions>;
}

/**
 * A refusal of the API, named by its reason (`NotFound`, `Forbidden`, `Conflict`) or, where that is TooManyRequests because of one, `DisruptionBudget`; in
 * the shape in which the SDK tells those of AWS.
 */
class KubernetesFailure extends Error {
  readonly $metadata: { readonly httpStatusCode: number };
  constructor(httpStatusCode: number, reason: string, message: string) {
    super(message);
    this.name = reason;
    this.$metadata = { httpStatusCode };
  }
}

/**
 * Why the API of a cluster is not asked, in a sentence without its full stop. Known by its name: this file is bundled by itself, so that no class of ours
 * would be the same outside of it.
 */
class ClusterUnreachable extends Error {
  override readonly name = 'ClusterUnreachable';
}

/** As long as the SDK waits for an answer of AWS (see `clientConfig`). */
const patienceMs = 15_000;
/** EKS takes a token for 15 minutes; what signs it need not be valid for longer than it takes to send it. */
const tokenSeconds = 60;

/**
 * Opens the API of an EKS cluster as whoever these credentials are of: the cluster's access entries and roles say what they may do
 * there. Throws what EKS refuses as AWS named it, and ClusterUnreachable where its API cannot be reached from here.
 */
export async function openCluster(config: AwsConfig, name: string): Promise<Kubernetes> {
  const eks = new EKSClient(clientConfig(config));
  const { cluster } = await eks.send(new DescribeClusterCommand({ name }));
  const { endpoint, certificateAuthority, resourcesVpcConfig } = cluster ?? {};
  if (resourcesVpcConfig?.endpointPublicAccess === false) {
    throw new ClusterUnreachable(
      `The API of the cluster ${name} can be reached from its VPC alone, and Firebreak runs in none`,
    );
  }
  const url = endpoint === undefined ? null : URL.parse(endpoint);
  if (url === null) throw new ClusterUnreachable(`EKS names no endpoint of the cluster ${name}: it is not ACTIVE`);
  // Who is not asked for a certificate may be anybody: over plain HTTP the token goes to this machine alone.
  if (url.protocol !== 'https:' && url.hostname !== '127.0.0.1') {
    throw new ClusterUnreachable(`The endpoint of the cluster ${name} is not HTTPS, so no token is sent there`);
  }
  const data = certificateAuthority?.data;
  const ca = data === undefined ? undefined : Buffer.from(data, 'base64').toString('utf8');
  const headers = { authorization: `Bearer ${await tokenFor(config, name)}` };
  const configuration = createConfiguration({
    baseServer: new ServerConfiguration(url.href.replace(/\/$/, ''), {}),
    httpApi: wrapHttpLibrary({ send: (request) => answered(request, headers, ca) }),
  });
  return {
    core: new CoreV1Api(configuration),
    apps: new AppsV1Api(configuration),
    batch: new BatchV1Api(configuration),
    mergePatch: setHeaderOptions('Content-Type', PatchStrategy.MergePatch),
  };
}

/**
 * `k8s-aws-v1.` and a presigned URL of GetCallerIdentity that is bound to the cluster by a header (kubernetes-sigs/aws-iam-authenticator,
 * "API Authorization from Outside a Cluster"). Nobody needs a permission for that call.
 */
async function tokenFor(config: AwsConfig, cluster: string): Promise<string> {
  const { region } = config;
  const { config: sts } = new STSClient(clientConfig(config));
  const signer = new SignatureV4({ credentials: sts.credentials, region, service: 'sts', sha256: sts.sha256 });
  const hostname = `sts.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
  const presigned = await signer.presign(
    {
      ...{ method: 'GET', protocol: 'https:', hostname, path: '/' },
      query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
      headers: { host: hostname, 'x-k8s-aws-id': cluster },
    },
    { expiresIn: tokenSeconds },
  );
  const url = new URL(`https://${hostname}/`);
  for (const [key, value] of Object.entries(presigned.query ?? {})) url.searchParams.set(key, String(value));
  return `k8s-aws-v1.${Buffer.from(url.href).toString('base64url')}`;
}

/** Sends one request, under the cluster's own certificate authority. Throws KubernetesFailure. */
async function answered(
  request: RequestContext,
  headers: { readonly [name: string]: string },
  ca: string | undefined,
): Promise<ResponseContext> {
  const url = new URL(request.getUrl());
  const options = {
    method: request.getHttpMethod(),
    headers: { ...request.getHeaders(), ...headers },
    timeout: patienceMs,
  };
  const trusting = ca === undefined ? options : { ...options, ca };
  const { status, got, body } = await sentUntilAnswered(url, trusting, request.getBody());
  if (status >= 400) throw failureIn(status, body);
  const flat = Object.entries(got).map(([name, value]) => [name, String(value)]);
  const read = { text: async () => body, binary: async () => Buffer.from(body), stream: () => null };
  return new ResponseContext(status, Object.fromEntries(flat), read);
}

interface Got {
  readonly status: number;
  readonly got: IncomingHttpHeaders;
  readonly body: string;
}

/** As often as the SDK asks AWS (see `clientConfig`). */
const mostAttempts = 3;
const firstPauseMs = 200;

/** Named as the SDK names it. */
class TimedOut extends Error {
  override readonly name = 'TimeoutError';
  readonly isConnected: boolean;
  constructor(isConnected: boolean) {
    super('the API did not answer');
    this.isConnected = isConnected;
  }
}

/**
 * A read is asked for again where the API asks to slow down, fails, breaks the connection, or is late once: the library does not, and the SDK does. What
 * changes something is not, since a budget refuses an eviction by the same 429; nor is a cluster that takes no connection, as one does that lets in
 * certain addresses alone: it never will.
 */
async function sentUntilAnswered(url: URL, options: RequestOptions, body: unknown): Promise<Got> {
  for (let attempt = 1; ; attempt += 1) {
    const mayAgain = options.method === 'GET' && attempt < mostAttempts;
    try {
      const got = await sent(url, options, body);
      if (!mayAgain || (got.status !== 429 && got.status < 500)) return got;
    } catch (error) {
      const isLate = error instanceof TimedOut && error.isConnected && attempt === 1;
      const isBroken = (error as NodeJS.ErrnoException).code === 'ECONNRESET';
      if (!mayAgain || !(isLate || isBroken)) throw error;
    }
    await pause(firstPauseMs * 2 ** (attempt - 1));
  }
}

function sent(url: URL, options: RequestOptions, body: unknown): Promise<Got> {
  const { promise, resolve, reject } = Promise.withResolvers<Got>();
  const open = url.protocol === 'https:' ? secure : plain;
  const request = open(url, options, (answer) => {
    const { statusCode: status = 0, headers: got } = answer;
    text(answer).then((read) => resolve({ status, got, body: read }), reject);
  });
  request.once('timeout', () => {
    request.destroy(new TimedOut(request.socket?.connecting === false));
  });
  request.once('error', reject);
  request.end(typeof body === 'string' ? body : undefined);
  return promise;
}

/** The cause of a 429 that asks nobody to slow down: the pod's budget allows no eviction now ("API-initiated Eviction"). */
const disruptionBudget = 'DisruptionBudget';

interface Status {
  readonly reason?: unknown;
  readonly message?: unknown;
  readonly details?: { readonly causes?: readonly { readonly reason?: unknown }[] };
}

/** A `Status` of the API; anything else may be of whatever stands before it. */
function failureIn(status: number, body: string): KubernetesFailure {
  try {
    const { reason, message, details } = JSON.parse(body) as Status;
    if (details?.causes?.some?.((cause) => cause.reason === disruptionBudget)) {
      return new KubernetesFailure(status, disruptionBudget, String(message));
    }
    if (typeof reason === 'string' && reason !== '') return new KubernetesFailure(status, reason, String(message));
  } catch {
    // Told by its number.
  }
  return new KubernetesFailure(status, `Http${status}`, 'the API refused, without a Status');
}
