import { once } from './once.ts';
import { type AwsConfig, clientConfig } from './sdk/config.ts';
import { throttled } from './throttling.ts';

export interface Parameter {
  readonly name: string;
  readonly value: string;
  readonly version: number;
  /** When this version was written, milliseconds since the epoch; undefined where AWS does not say. */
  readonly modifiedAt?: number | undefined;
}

/** What a SecureString holds, and whether it is one. */
export interface Secret {
  readonly value: string;
  readonly isSealed: boolean;
}

/** Parameter Store below one path. */
export interface Parameters {
  /** All parameters below `path`, in order of their names, all pages. */
  below(path: string): Promise<readonly Parameter[]>;
  /** One parameter as it is now; undefined where there is none. */
  read(name: string): Promise<Parameter | undefined>;
  /** Writes a standard parameter of type String where there is none. False: there is one, and nothing was written. */
  create(name: string, value: string): Promise<boolean>;
  /** Writes a standard parameter of type String, over what was there. Answers with the version that it has now. */
  put(name: string, value: string): Promise<number>;
  /** Takes a parameter away, with all its versions; nothing where there is none. */
  remove(name: string): Promise<void>;
  /** Name -> version that carries a label, of the parameters below `path` that have one. */
  labelled(path: string, label: string): Promise<ReadonlyMap<string, number>>;
  /** Moves a label onto a version. */
  label(name: string, version: number, label: string): Promise<void>;
}

/** What nobody but its reader may see. */
export interface Secrets {
  /** One parameter, decrypted; undefined where there is none. */
  readSecret(name: string): Promise<Secret | undefined>;
}

const isNamed = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;

/** Of a parameter, and of a version of one (`name:3`). */
const absent = ['ParameterNotFound', 'ParameterVersionNotFound'];

export function storeParameters(config: AwsConfig): Parameters & Secrets {
  const ready = once(async () => {
    const ssm = await import('./sdk/ssm.ts');
    return { ssm, client: new ssm.SSMClient(clientConfig(config)) };
  });
  const pages = async (path: string, label?: string): Promise<readonly Parameter[]> => {
    const { ssm, client } = await ready();
    const filter =
      label === undefined ? {} : { ParameterFilters: [{ Key: 'Label', Option: 'Equals', Values: [label] }] };
    const found: Parameter[] = [];
    let NextToken: string | undefined;
    // A page may be empty and still have a successor: only a missing token ends the list.
    do {
      const next = NextToken === undefined ? {} : { NextToken };
      const page = await throttled(() =>
        client.send(
          new ssm.GetParametersByPathCommand({ Path: path, Recursive: true, MaxResults: 10, ...filter, ...next }),
        ),
      );
      for (const { Name, Value, Version, LastModifiedDate } of page.Parameters ?? []) {
        // Left out, a rule would be gone without anybody having taken it away.
        if (Name === undefined || Value === undefined || Version === undefined) {
          throw new Error(`Parameter Store answered with half a parameter below ${path}`);
        }
        found.push({ name: Name, value: Value, version: Version, modifiedAt: LastModifiedDate?.getTime() });
      }
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return found.sort((a, b) => (a.name < b.name ? -1 : 1));
  };
  const one = async (name: string, decrypt: { readonly WithDecryption?: true } = {}) => {
    const { ssm, client } = await ready();
    try {
      const command = new ssm.GetParameterCommand({ Name: name, ...decrypt });
      const { Parameter: found } = await throttled(() => client.send(command));
      if (found?.Value === undefined || found.Version === undefined)
        throw new Error(`Parameter Store answered with half a parameter ${name}`);
      return { ...found, Value: found.Value, Version: found.Version };
    } catch (error) {
      if (!absent.some((each) => isNamed(error, each))) throw error;
      return undefined;
    }
  };
  return {
    below: (path) => pages(path),
    read: async (name) => {
      const found = await one(name);
      if (found === undefined) return undefined;
      return { name, value: found.Value, version: found.Version, modifiedAt: found.LastModifiedDate?.getTime() };
    },
    readSecret: async (name) => {
      const found = await one(name, { WithDecryption: true });
      return found === undefined ? undefined : { value: found.Value, isSealed: found.Type === 'SecureString' };
    },
    create: async (name, value) => {
      const { ssm, client } = await ready();
      try {
        await throttled(() =>
          client.send(new ssm.PutParameterCommand({ Name: name, Value: value, Type: 'String', Overwrite: false })),
        );
        return true;
      } catch (error) {
        if (!isNamed(error, 'ParameterAlreadyExists')) throw error;
        return false;
      }
    },
    put: async (name, value) => {
      const { ssm, client } = await ready();
      const { Version = 0 } = await throttled(() =>
        client.send(new ssm.PutParameterCommand({ Name: name, Value: value, Type: 'String', Overwrite: true })),
      );
      return Version;
    },
    remove: async (name) => {
      const { ssm, client } = await ready();
      try {
        await throttled(() => client.send(new ssm.DeleteParameterCommand({ Name: name })));
      } catch (error) {
        if (!isNamed(error, 'ParameterNotFound')) throw error;
      }
    },
    labelled: async (path, label) =>
      new Map((await pages(path, label)).map(({ name, version }) => [name.split(':')[0] ?? name, version])),
    label: async (name, version, label) => {
      const { ssm, client } = await ready();
      await throttled(() =>
        client.send(new ssm.LabelParameterVersionCommand({ Name: name, ParameterVersion: version, Labels: [label] })),
      );
    },
  };
}
