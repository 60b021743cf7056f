import { type AwsConfig, clientConfig } from '../../shared/platform/sdk/config.ts';
import { throttled } from '../../shared/platform/throttling.ts';

/** What a version of a parameter says; undefined where there is none. Throws what AWS answers. */
export async function versionText(config: AwsConfig, parameter: string, version: number): Promise<string | undefined> {
  const { GetParameterCommand, SSMClient } = await import('@aws-sdk/client-ssm');
  const client = new SSMClient(clientConfig(config));
  try {
    const Name = `${parameter}:${version}`;
    return (await throttled(() => client.send(new GetParameterCommand({ Name })))).Parameter?.Value;
  } catch (error) {
    if (error instanceof Error && ['ParameterNotFound', 'ParameterVersionNotFound'].includes(error.name))
      return undefined;
    throw error;
  } finally {
    client.destroy();
  }
}
