import { failureOf } from './awsFailure.ts';
import { runs, type Wanted } from './imageMatch.ts';
import { attempt, everyPage, type Reads } from './reads.ts';
import { note, type Sightings, shortArn } from './sightings.ts';

/**
 * Finds the Lambda functions that were made from the wanted images: every version, because an alias may keep an old one in
 * service. Lambda resolves a tag when the function is updated, and keeps that digest (`Code.ResolvedImageUri`).
 */
export async function readLambdaUsers(read: Reads, wanted: Wanted, sightings: Sightings): Promise<void> {
  const { client, ListFunctionsCommand } = await read.aws.lambda();
  const pages = await attempt(sightings.unread, 'Lambda functions', () =>
    everyPage(
      (Marker) => client.send(new ListFunctionsCommand({ FunctionVersion: 'ALL', MaxItems: 50, Marker }), read.call),
      (page) => page.NextMarker,
    ),
  );
  for (const { PackageType, FunctionName, FunctionArn, Version } of pages?.flatMap((page) => page.Functions ?? []) ??
    []) {
    if (PackageType !== 'Image' || FunctionName === undefined || FunctionArn === undefined) continue;
    await attempt(sightings.unread, shortArn(FunctionArn), async () => {
      const code = await functionCode(read, FunctionName, Version);
      const names = { image: code?.ResolvedImageUri ?? code?.ImageUri };
      note(sightings, { kind: 'function', arn: FunctionArn }, runs(wanted, names));
    });
  }
}

interface Code {
  readonly ResolvedImageUri?: string | undefined;
  readonly ImageUri?: string | undefined;
}

/** What a function, or a version of it, is made from; undefined where it is gone. Other errors are those of the SDK. */
export async function functionCode(
  read: Reads,
  FunctionName: string,
  Qualifier?: string | undefined,
): Promise<Code | undefined> {
  const { client, GetFunctionCommand } = await read.aws.lambda();
  try {
    const answer = await client.send(new GetFunctionCommand({ FunctionName, Qualifier }), read.call);
    return answer.Code;
  } catch (error) {
    // Deleted between the two calls: what is gone runs nothing.
    if (failureOf(error)?.kind === 'gone') return undefined;
    throw error;
  }
}
