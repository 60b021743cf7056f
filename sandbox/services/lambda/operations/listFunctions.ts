import type { FunctionConfiguration, ListFunctionsRequest, ListFunctionsResponse } from '@aws-sdk/client-lambda';
import { AwsError, operation } from '../../../account.ts';
import { pageOf } from '../../paging.ts';
import { logGroupName } from '../environment.ts';
import type { LambdaOperation } from '../route.ts';
import { type AccountFunction, everyFunction } from './accountFunctions.ts';

/** What is known of any function. Only `$LATEST` exists: nothing here is published as a version. */
export const configurationOf = ({
  name,
  arn,
  imageUri,
  timeoutSeconds = 3,
  roleArn,
  environment,
}: AccountFunction): FunctionConfiguration => ({
  FunctionName: name,
  FunctionArn: arn,
  Role: roleArn,
  Version: '$LATEST',
  PackageType: imageUri === undefined ? 'Zip' : 'Image',
  State: 'Active',
  Timeout: timeoutSeconds,
  LastUpdateStatus: 'Successful',
  ...(environment === undefined ? {} : { Environment: { Variables: { ...environment } } }),
  LoggingConfig: { LogFormat: 'Text', LogGroup: logGroupName({ name }) },
});

/** A page holds 50 at the most, whatever was asked for. */
const MOST = 50;

/** GET /2015-03-31/functions */
export const listFunctions: LambdaOperation = {
  name: 'ListFunctions',
  method: 'GET',
  path: /^\/2015-03-31\/functions\/?$/,
  input: (_path, { query }): ListFunctionsRequest => ({
    MaxItems: query.has('MaxItems') ? Number(query.get('MaxItems')) : undefined,
    Marker: query.get('Marker') ?? undefined,
  }),
  operation: operation<ListFunctionsRequest, ListFunctionsResponse>(
    () => [{ action: 'lambda:ListFunctions', resource: '*' }],
    ({ MaxItems = MOST, Marker }, { account }) => {
      if (!Number.isInteger(MaxItems) || MaxItems < 1 || MaxItems > 10_000) {
        throw new AwsError('InvalidParameterValueException', 'MaxItems must be a whole number from 1 to 10000');
      }
      const page = pageOf(everyFunction(account), Math.min(MaxItems, MOST), Marker, 'InvalidParameterValueException');
      return {
        Functions: page.items.map(configurationOf),
        ...(page.nextToken === undefined ? {} : { NextMarker: page.nextToken }),
      };
    },
  ),
};
