import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { readsWith } from '../../shared/account/reads.ts';
import { readWholeDefinition, type WholeDefinition } from '../../shared/account/wholeDefinition.ts';
import { awsFor } from '../../shared/platform/sdk/aws.ts';

/** As ECS on loopback answers, by the SDK's own client: a mock would know no member that the SDK does not. */
async function answered(taskDefinition: object): Promise<WholeDefinition> {
  const server = createServer((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify({ taskDefinition }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const aws = awsFor({ region: 'us-east-1', endpoint, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
  try {
    return await readWholeDefinition(readsWith(aws), 'api:7');
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

const known = {
  family: 'api',
  registeredAt: 1764000000.5,
  pidMode: null,
  containerDefinitions: [
    { name: 'app', image: 'app:1', dockerLabels: { any: 'label' }, logConfiguration: { logDriver: 'awslogs' } },
  ],
};

describe('a task definition that was read', () => {
  it('is whole where the SDK knows every member', async () => {
    const { definition, lost } = await answered(known);
    expect(lost).toEqual([]);
    expect(definition).toMatchObject({ family: 'api', containerDefinitions: [{ dockerLabels: { any: 'label' } }] });
  });

  it('says which members the SDK has dropped, at any depth, and none of their values', async () => {
    const [container] = known.containerDefinitions;
    const { lost } = await answered({
      ...known,
      novelty: { secret: 'x' },
      containerDefinitions: [{ ...container, cage: true, linuxParameters: { tighter: 1 } }],
    });
    expect(lost).toEqual(['containerDefinitions.cage', 'containerDefinitions.linuxParameters.tighter', 'novelty']);
  });
});
