import { once } from './once.ts';
import { type AwsConfig, clientConfig } from './sdk/config.ts';
import { throttled } from './throttling.ts';

export interface Parameter {
  readonly name: string;
  readonly value: string;
  readonly version: number;
}

/** Parameter Store below one path. */
export interface Parameters {
  /** All parameters below `path`, in order of their names, all pages. */
  below(path: string): Promise<readonly Parameter[]>;
  /** Writes a standard parameter of type String, over what was there. */
  put(name: string, value: string): Promise<void>;
}

export function storeParameters(config: AwsConfig): Parameters {
  const ready = once(async () => {
    const ssm = await import('./sdk/ssm.ts');
    return { ssm, client: new ssm.SSMClient(clientConfig(config)) };
  });
  return {
    below: async (path) => {
      const { ssm, client } = await ready();
      const found: Parameter[] = [];
      let NextToken: string | undefined;
      // A page may be empty and still have a successor: only a missing token ends the list.
      do {
        const page = await throttled(() =>
          client.send(
            new ssm.GetParametersByPathCommand({
              Path: path,
              Recursive: true,
              MaxResults: 10,
              ...(NextToken === undefined ? {} : { NextToken }),
            }),
          ),
        );
        for (const { Name, Value, Version } of page.Parameters ?? []) {
          // Left out, a rule would be gone without anybody having taken it away.
          if (Name === undefined || Value === undefined || Version === undefined) {
            throw new Error(`Parameter Store answered with half a parameter below ${path}`);
          }
          found.push({ name: Name, value: Value, version: Version });
        }
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
      return found.sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    put: async (name, value) => {
      const { ssm, client } = await ready();
      await throttled(() =>
        client.send(new ssm.PutParameterCommand({ Name: name, Value: value, Type: 'String', Overwrite: true })),
      );
    },
  };
}
