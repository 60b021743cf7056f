import type { GetFunctionResponse, ListFunctionsResponse } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { accountFunctions } from '../../../sandbox/services/lambda/operations/accountFunctions.ts';
import { getFunction } from '../../../sandbox/services/lambda/operations/getFunction.ts';
import { listFunctions } from '../../../sandbox/services/lambda/operations/listFunctions.ts';
import { arnOf } from '../../../sandbox/services/lambda/state.ts';
import { fakeAccount } from '../fakeAccount.ts';
import { runOn } from '../services/runOn.ts';

const uri = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/app';

/** An account with so many functions, `f0` of an image and the others zips. */
function withFunctions(count: number) {
  const fake = fakeAccount();
  for (let at = 0; at < count; at += 1) {
    const name = `f${at}`;
    const isImage = at === 0;
    accountFunctions(fake.account).set(name, {
      name,
      arn: arnOf(fake.account, name),
      imageUri: isImage ? `${uri}:prod` : undefined,
      resolvedImageUri: isImage ? `${uri}@sha256:00` : undefined,
    });
  }
  return runOn(fake);
}

describe('ListFunctions', () => {
  it('gives pages of 50 at the most, whatever was asked for', async () => {
    const run = withFunctions(60);
    const first = await run<ListFunctionsResponse>(listFunctions.operation, { MaxItems: 10_000 });
    expect(first.Functions).toHaveLength(50);
    const second = await run<ListFunctionsResponse>(listFunctions.operation, { Marker: first.NextMarker });
    expect(second.Functions).toHaveLength(10);
    expect(second).not.toHaveProperty('NextMarker');
    const few = await run<ListFunctionsResponse>(listFunctions.operation, { MaxItems: 5 });
    expect(few.Functions).toHaveLength(5);
  });

  it.each([{ MaxItems: 0 }, { MaxItems: 10_001 }, { MaxItems: Number.NaN }, { Marker: 'made up' }])(
    'refuses %o',
    async (input) => {
      const asked = withFunctions(1)(listFunctions.operation, input);
      await expect(asked).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
    },
  );
});

describe('GetFunction', () => {
  const ask = (input: object) => withFunctions(2)<GetFunctionResponse>(getFunction.operation, input);

  it('tells the image as it was given and as it was resolved', async () => {
    expect(await ask({ FunctionName: 'f0' })).toEqual({
      Configuration: {
        FunctionName: 'f0',
        FunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:f0',
        Version: '$LATEST',
        PackageType: 'Image',
        State: 'Active',
        Timeout: 3,
        LastUpdateStatus: 'Successful',
        LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/f0' },
      },
      Code: { RepositoryType: 'ECR', ImageUri: `${uri}:prod`, ResolvedImageUri: `${uri}@sha256:00` },
    });
    expect((await ask({ FunctionName: 'f1' })).Code).toEqual({ RepositoryType: 'S3' });
  });

  it('knows no version but the latest, and no other function', async () => {
    const missing = { code: 'ResourceNotFoundException', status: 404 };
    await expect(ask({ FunctionName: 'f0', Qualifier: '3' })).rejects.toMatchObject(missing);
    await expect(ask({ FunctionName: 'f9' })).rejects.toMatchObject(missing);
  });
});
