import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, Socket } from 'node:net';
import { rootCertificates } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openCluster } from '../../shared/platform/sdk/kubernetes.ts';
import { loopbackTls } from './loopbackTls.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'the-token' };

/** Null: it never does. */
type Answering = (request: IncomingMessage) => { readonly status?: number; readonly body: string } | null;

/** EKS, which names a cluster as `cluster` says, and that cluster's API, both at one address. */
async function standing(cluster: (endpoint: string) => object, api: Answering = () => ({ body: '{"items":[]}' })) {
  const heard: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    if (request.url === '/clusters/prod') {
      response.setHeader('content-type', 'application/json');
      return void response.end(JSON.stringify({ cluster: cluster(`http://127.0.0.1:${port}/_eks/ONE`) }));
    }
    heard.push(request);
    const answer = api(request);
    if (answer === null) return;
    const { status = 200, body } = answer;
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    heard,
    open: (region = 'eu-central-1') =>
      openCluster({ region, credentials, endpoint: `http://127.0.0.1:${port}` }, 'prod'),
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

const tokenIn = (request: IncomingMessage | undefined): URL => {
  const [, token = ''] = /^Bearer k8s-aws-v1\.([A-Za-z0-9_-]+)$/.exec(request?.headers.authorization ?? '') ?? [];
  return new URL(Buffer.from(token, 'base64url').toString('utf8'));
};

describe('the API of a cluster', () => {
  it('is asked where EKS says, with a presigned GetCallerIdentity that is bound to the cluster', async () => {
    await using eks = await standing((endpoint) => ({ endpoint }));
    const { core } = await eks.open();
    expect((await core.listNamespacedPod({ namespace: 'shop' })).items).toEqual([]);
    expect(eks.heard[0]?.url).toBe('/_eks/ONE/api/v1/namespaces/shop/pods');
    const { host, searchParams } = tokenIn(eks.heard[0]);
    expect(host).toBe('sts.eu-central-1.amazonaws.com');
    expect(Object.fromEntries(searchParams)).toMatchObject({
      Action: 'GetCallerIdentity',
      'X-Amz-Credential': expect.stringMatching(/^AKIDEXAMPLE\/\d{8}\/eu-central-1\/sts\/aws4_request$/),
      'X-Amz-Expires': '60',
      'X-Amz-Security-Token': 'the-token',
      'X-Amz-SignedHeaders': 'host;x-k8s-aws-id',
      'X-Amz-Signature': expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('of China knows STS by its own name', async () => {
    await using eks = await standing((endpoint) => ({ endpoint }));
    const { core } = await eks.open('cn-north-1');
    await core.listNamespacedPod({ namespace: 'shop' });
    expect(tokenIn(eks.heard[0]).host).toBe('sts.cn-north-1.amazonaws.com.cn');
  });

  it.each([
    ['it is reached from its VPC alone', { resourcesVpcConfig: { endpointPublicAccess: false } }, /from its VPC alone/],
    ['it is not there yet', { endpoint: undefined }, /names no endpoint/],
    ['it is not HTTPS', { endpoint: 'http://eks.example.com' }, /not HTTPS, so no token is sent there/],
  ])('is not asked where %s', async (_why, said, text) => {
    await using eks = await standing((endpoint) => ({ endpoint, ...said }));
    await expect(eks.open()).rejects.toMatchObject({ name: 'ClusterUnreachable' });
    await expect(eks.open()).rejects.toThrow(text);
    expect(eks.heard).toEqual([]);
  });

  describe('where it', () => {
    const pods = '{"items":[]}';
    const busy = JSON.stringify({ kind: 'Status', reason: 'TooManyRequests', message: 'wait', code: 429 });
    /** Refuses so many times, then answers. */
    const refusing = (times: number, refusal: { readonly status: number } | 'reset'): Answering => {
      let left = times;
      return ({ socket }) => {
        left -= 1;
        if (left < 0) return { body: pods };
        if (refusal !== 'reset') return { ...refusal, body: busy };
        socket.resetAndDestroy();
        return { body: '' };
      };
    };

    /** Leaves so many requests without an answer, then answers. */
    const silent = (times: number): Answering => {
      let left = times;
      return () => {
        left -= 1;
        return left < 0 ? { body: pods } : null;
      };
    };

    it.each([
      ['asks to slow down', { status: 429 }],
      ['fails', { status: 503 }],
      ['breaks the connection', 'reset'],
    ] as const)('%s, is asked for a read three times in all', async (_what, refusal) => {
      await using twice = await standing((endpoint) => ({ endpoint }), refusing(2, refusal));
      expect((await (await twice.open()).core.listNamespacedPod({ namespace: 'shop' })).items).toEqual([]);
      expect(twice.heard).toHaveLength(3);
      await using always = await standing((endpoint) => ({ endpoint }), refusing(9, refusal));
      const { core } = await always.open();
      await expect(core.listNamespacedPod({ namespace: 'shop' })).rejects.toThrow();
      expect(always.heard).toHaveLength(3);
    });

    describe('does not answer in time', () => {
      const { setTimeout: patient } = Socket.prototype;
      beforeEach(() => {
        vi.spyOn(Socket.prototype, 'setTimeout').mockImplementation(function hurried(this: Socket, ms, callback) {
          return patient.call(this, Math.min(ms, 300), callback);
        });
      });
      afterEach(() => void vi.restoreAllMocks());

      it('is asked for a read once more', async () => {
        await using once = await standing((endpoint) => ({ endpoint }), silent(1));
        expect((await (await once.open()).core.listNamespacedPod({ namespace: 'shop' })).items).toEqual([]);
        expect(once.heard).toHaveLength(2);
        await using always = await standing((endpoint) => ({ endpoint }), silent(9));
        const { core } = await always.open();
        await expect(core.listNamespacedPod({ namespace: 'shop' })).rejects.toMatchObject({ name: 'TimeoutError' });
        expect(always.heard).toHaveLength(2);
      });

      it('is not asked again where it takes no connection: it lets in others alone', async () => {
        await using eks = await standing((endpoint) => ({ endpoint }));
        const { core } = await eks.open();
        const connect = vi.spyOn(Socket.prototype, 'connect').mockImplementation(function never(this: Socket) {
          return Object.assign(this, { connecting: true });
        });
        await expect(core.listNamespacedPod({ namespace: 'shop' })).rejects.toMatchObject({ name: 'TimeoutError' });
        expect(connect).toHaveBeenCalledTimes(1);
      });
    });

    it('refuses a change, is not asked again: it may have been done, and a budget refuses by the same number', async () => {
      await using eks = await standing((endpoint) => ({ endpoint }), refusing(1, { status: 429 }));
      const { apps, mergePatch } = await eks.open();
      const patch = { namespace: 'shop', name: 'web', body: { spec: { replicas: 0 } } };
      await expect(apps.patchNamespacedDeploymentScale(patch, mergePatch)).rejects.toMatchObject({
        name: 'TooManyRequests',
      });
      expect(eks.heard).toHaveLength(1);
    });

    it('refuses a read for good, is not asked again', async () => {
      await using eks = await standing((endpoint) => ({ endpoint }), refusing(1, { status: 404 }));
      await expect((await eks.open()).core.listNamespacedPod({ namespace: 'shop' })).rejects.toThrow();
      expect(eks.heard).toHaveLength(1);
    });
  });

  it('refuses by the reason of its Status', async () => {
    const body = JSON.stringify({ kind: 'Status', reason: 'Forbidden', message: 'pods is forbidden', code: 403 });
    await using eks = await standing(
      (endpoint) => ({ endpoint }),
      () => ({ status: 403, body }),
    );
    const { core } = await eks.open();
    await expect(core.listNamespacedPod({ namespace: 'shop' })).rejects.toMatchObject({
      name: 'Forbidden',
      message: 'pods is forbidden',
      $metadata: { httpStatusCode: 403 },
    });
  });

  it.each(['<html>', '{}', '{"reason":7}'])(
    'that stands behind something else refuses by its number: %s',
    async (body) => {
      await using eks = await standing(
        (endpoint) => ({ endpoint }),
        () => ({ status: 503, body }),
      );
      const { core } = await eks.open();
      await expect(core.listNamespacedPod({ namespace: 'shop' })).rejects.toMatchObject({
        name: 'Http503',
        $metadata: { httpStatusCode: 503 },
      });
    },
  );
});

describe('the certificate of a cluster', () => {
  it.each([
    ['its own authority', loopbackTls.cert, true],
    ['another', rootCertificates[0], false],
    ['none, where nobody known has signed it', undefined, false],
  ])('is held against %s before a token is sent', async (_whose, authority, sent) => {
    const heard: string[] = [];
    const server = createSecureServer(loopbackTls, (request, response) => {
      heard.push(request.headers.authorization ?? '');
      response.setHeader('content-type', 'application/json');
      response.end('{"items":[]}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const data = authority === undefined ? undefined : Buffer.from(authority).toString('base64');
    const certificateAuthority = data === undefined ? undefined : { data };
    await using eks = await standing(() => ({ endpoint: `https://127.0.0.1:${port}`, certificateAuthority }));
    const { core } = await eks.open();
    const asked = core.listNamespacedPod({ namespace: 'shop' });
    if (sent) expect((await asked).items).toEqual([]);
    else await expect(asked).rejects.toMatchObject({ code: expect.stringMatching(/SELF_SIGNED|UNABLE_TO_VERIFY/) });
    expect(heard).toHaveLength(sent ? 1 : 0);
    server.close();
  });
});
