import {
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import type { SettlementFiles, StoredFile } from '../../ports/settlement/settlement-files.ts';
import { traced } from '../../runtime/observability.ts';
import { clientOptions } from './client-options.ts';

/** Settlement files in an S3 bucket. S3 lists keys in the order of their bytes. */
export function settlementBucket(bucket: string): SettlementFiles {
  const client = traced(
    new S3Client({
      ...clientOptions(),
      // An emulator has one address: buckets as names in front of it resolve nowhere.
      forcePathStyle: Boolean(process.env.AWS_ENDPOINT_URL_S3 || process.env.AWS_ENDPOINT_URL),
    }),
  );
  return {
    put: async (key, csv) => {
      await client.send(
        new PutObjectCommand({ Bucket: bucket, Key: key, Body: csv, ContentType: 'text/csv' }),
      );
    },
    list: async (prefix) => {
      const files: StoredFile[] = [];
      for await (const { Contents = [] } of paginateListObjectsV2(
        { client },
        { Bucket: bucket, Prefix: prefix },
      )) {
        files.push(
          ...Contents.map(({ Key = '', LastModified = new Date(0), Size = 0 }) => ({
            key: Key,
            modified: LastModified.toISOString(),
            bytes: Size,
          })),
        );
      }
      return files;
    },
    get: async (key) => {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return (await Body?.transformToString('utf-8')) ?? '';
      } catch (error) {
        if (error instanceof NoSuchKey) {
          return null;
        }
        throw error;
      }
    },
  };
}
