import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { clientOptions } from '../../shared/adapters/aws/client-options.ts';
import { traced } from '../../shared/runtime/observability.ts';

const client = traced(new S3Client(clientOptions()));

/** Writes a file, and answers what the bucket then has and holds: every call to S3 that we make. */
export async function handler(event: {
  readonly bucket: string;
  readonly key: string;
  readonly text: string;
}) {
  const object = { Bucket: event.bucket, Key: event.key };
  await client.send(new PutObjectCommand({ ...object, Body: event.text }));
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: event.bucket }));
  const { Body } = await client.send(new GetObjectCommand(object));
  return { keys: Contents.map(({ Key }) => Key), text: await Body?.transformToString() };
}
