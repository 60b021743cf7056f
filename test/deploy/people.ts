import { DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetParameterCommand, GetParametersByPathCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Connection } from './made.ts';

/** The parameter `/firebreak/<stage>/stack`: where the command finds what was deployed. */
export interface Stack {
  readonly incidentTable: string;
  readonly bucket: string;
  readonly stateMachineArn: string;
  readonly topics: { readonly [tier: string]: string };
}

export async function stackAt(connection: Connection, stage: string): Promise<Stack> {
  const name = `/firebreak/${stage}/stack`;
  const { Parameter } = await new SSMClient(connection).send(new GetParameterCommand({ Name: name }));
  return JSON.parse(Parameter?.Value ?? '');
}

/** Name below the stage's path -> value: what people edit, and what the guard writes for them. */
const edits = {
  'rules/of-ours': 'name: of-ours\nwhen: { type: [ImageScan] }\ndo: [evidence.capture]\nmode: observe\n',
  'exemptions/of-ours': 'name: of-ours\n',
  settings: 'holdAfterUndoHours: 12\n',
  status: '{"number":1}',
};

export const editedNames = (stage: string): readonly string[] =>
  Object.keys(edits).map((name) => `/firebreak/${stage}/${name}`);

/** What a stage in use has: an item in the table, evidence in the bucket, and edits of parameters. */
export async function useStage(connection: Connection, stage: string, stack: Stack): Promise<void> {
  const item = { pk: { S: 'INCIDENT#1' }, sk: { S: 'HEAD' } };
  await new DynamoDBClient(connection).send(new PutItemCommand({ TableName: stack.incidentTable, Item: item }));
  await s3(connection).send(new PutObjectCommand({ Bucket: stack.bucket, Key: 'evidence/1', Body: 'seen' }));
  for (const [name, Value] of Object.entries(edits)) {
    await new SSMClient(connection).send(
      new PutParameterCommand({ Name: `/firebreak/${stage}/${name}`, Value, Type: 'String' }),
    );
  }
}

/** What must outlive a redeployment, and a removal: read where it was put. */
export async function usedStage(connection: Connection, stage: string, stack: Stack): Promise<unknown> {
  const table = await new DynamoDBClient(connection).send(new ScanCommand({ TableName: stack.incidentTable }));
  const object = await s3(connection).send(new GetObjectCommand({ Bucket: stack.bucket, Key: 'evidence/1' }));
  const { Parameters = [] } = await new SSMClient(connection).send(
    new GetParametersByPathCommand({ Path: `/firebreak/${stage}`, Recursive: true }),
  );
  const own = new Set(editedNames(stage));
  return {
    items: table.Items,
    evidence: await object.Body?.transformToString(),
    parameters: Parameters.filter(({ Name = '' }) => own.has(Name)).map(({ Name, Value, Version }) => [
      Name,
      Value,
      Version,
    ]),
  };
}

const s3 = (connection: Connection): S3Client => new S3Client({ ...connection, forcePathStyle: true });
