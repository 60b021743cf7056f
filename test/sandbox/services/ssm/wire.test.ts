import {
  GetParameterCommand,
  ParameterAlreadyExists,
  ParameterNotFound,
  PutParameterCommand,
  paginateGetParametersByPath,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ssmService } from '../../../../sandbox/services/ssm/service.ts';
import { ssmState } from '../../../../sandbox/services/ssm/state.ts';
import { openWire, type Wire } from '../openWire.ts';

let wire: Wire;
let client: SSMClient;
beforeEach(async () => {
  wire = await openWire(ssmService);
  client = new SSMClient(wire.config);
});
afterEach(async () => {
  client.destroy();
  await wire.close();
});

test('the SDK writes, reads and pages, over empty pages too', async () => {
  ssmState(wire.account).emptyPageChance = 0.5;
  for (let n = 10; n < 22; n += 1) {
    await client.send(new PutParameterCommand({ Name: `/r/${n}`, Value: 'x', Type: 'String' }));
  }
  const { Parameter } = await client.send(new GetParameterCommand({ Name: '/r/10' }));
  expect(Parameter?.LastModifiedDate).toEqual(new Date('2026-11-24T08:00:00.000Z'));
  const names: (string | undefined)[] = [];
  for await (const page of paginateGetParametersByPath({ client }, { Path: '/r' })) {
    names.push(...(page.Parameters ?? []).map((parameter) => parameter.Name));
  }
  expect(names).toHaveLength(12);
});

test("errors are the SDK's own", async () => {
  const put = () => client.send(new PutParameterCommand({ Name: '/a', Value: 'x', Type: 'String' }));
  await put();
  await expect(put()).rejects.toBeInstanceOf(ParameterAlreadyExists);
  await expect(client.send(new GetParameterCommand({ Name: '/b' }))).rejects.toBeInstanceOf(ParameterNotFound);
});
