import {
  GetFunctionCommand,
  type LambdaClient,
  ListFunctionsCommand,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from '@aws-sdk/client-lambda';
import type { AwsStub } from 'aws-sdk-client-mock';
import { awsError } from './awsError.ts';
import { account, page, refused, region, type World } from './mockAccount.ts';

type LambdaStub = AwsStub<ServiceInputTypes, ServiceOutputTypes, LambdaClient['config']>;

/** Lambda of the test's world. Published versions are listed only when all versions are asked for. */
export function mockLambda(stub: LambdaStub, world: World): void {
  stub.on(ListFunctionsCommand).callsFake((input) => {
    refused(world, 'ListFunctions', input);
    const listed = (world.functions ?? []).filter(
      ({ version = '$LATEST' }) => input.FunctionVersion === 'ALL' || version === '$LATEST',
    );
    const { part, next } = page(world, listed, input.Marker);
    return {
      Functions: part.map(({ name, version = '$LATEST', zip = false }) => ({
        FunctionName: name,
        FunctionArn: `arn:aws:lambda:${region}:${account}:function:${name}:${version}`,
        Version: version,
        PackageType: zip ? 'Zip' : 'Image',
      })),
      NextMarker: next,
    };
  });

  stub.on(GetFunctionCommand).callsFake((input) => {
    refused(world, 'GetFunction', input);
    const found = (world.functions ?? []).find(
      ({ name, version = '$LATEST' }) => name === input.FunctionName && version === input.Qualifier,
    );
    if (found === undefined || found.gone === true) throw awsError('ResourceNotFoundException', 404);
    return { Code: { ImageUri: found.uri, ResolvedImageUri: found.resolved } };
  });
}
