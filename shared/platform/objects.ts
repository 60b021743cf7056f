import { sha256Hex } from './hash.ts';
import { once } from './once.ts';
import { type AwsConfig, clientConfig } from './sdk/config.ts';
import { throttled } from './throttling.ts';

/** Objects in the stack's own bucket. S3 is loaded when the first is asked for. */
export interface Objects {
  put(
    key: string,
    body: string | Uint8Array,
    contentType: string,
    signal?: AbortSignal,
  ): Promise<{ readonly uri: string; readonly sha256: string }>;
  /** Null when there is no such object; throws when it cannot be read, or when S3 will not say that it is not there. */
  get(key: string): Promise<string | null>;
}

/** @param config `maxAttempts`: the SDK's own three unless it is given */
export function bucketObjects(config: AwsConfig & { readonly bucket: string; readonly maxAttempts?: number }): Objects {
  const ready = once(async () => {
    const s3 = await import('./sdk/s3.ts');
    const { maxAttempts } = config;
    const attempts = maxAttempts === undefined ? {} : { maxAttempts };
    return { s3, client: new s3.S3Client({ ...clientConfig(config), ...attempts }) };
  });
  return {
    put: async (key, body, contentType, signal) => {
      const { s3, client } = await ready();
      const put = new s3.PutObjectCommand({ Bucket: config.bucket, Key: key, Body: body, ContentType: contentType });
      await throttled(() => client.send(put, signal === undefined ? {} : { abortSignal: signal }));
      return { uri: `s3://${config.bucket}/${key}`, sha256: sha256Hex(body) };
    },
    get: async (key) => {
      const { s3, client } = await ready();
      try {
        // The body is part of the call: it may break off as well.
        return await throttled(async () => {
          const { Body: body } = await client.send(new s3.GetObjectCommand({ Bucket: config.bucket, Key: key }));
          if (body === undefined) throw new Error('S3 answered without a body');
          return await body.transformToString();
        });
      } catch (error) {
        // Without s3:ListBucket S3 says AccessDenied of what is not there: that is not known to be absent.
        if (error instanceof Error && error.name === 'NoSuchKey') return null;
        throw error;
      }
    },
  };
}
