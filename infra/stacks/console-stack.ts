import { Duration } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  type DistributionProps,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from '../constructs/acknowledge.ts';
import { apiStageName } from '../constructs/api/payment-api.ts';
import { ConsoleFiles } from '../constructs/console-files.ts';
import { HouseBucket } from '../constructs/house-bucket.ts';
import { HouseStack, type HouseStackProps } from './house-stack.ts';

export interface ConsoleStackProps extends HouseStackProps {
  /** The console's files, as Vite built them. */
  readonly folder: string;
  readonly api: { readonly restApiId: string };
}

/** What the page may load and do: its own files and its own origin's API, and nobody may frame it. */
export const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  // The component library writes its sizes as styles of elements.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * The operators' console: files in a private bucket, and the API under the same origin, so that the
 * API has to let in no other origin's pages.
 */
export class ConsoleStack extends HouseStack {
  constructor(scope: Construct, props: ConsoleStackProps) {
    super(scope, 'console', 'the console', props);
    const { stage } = props;
    const { bucket } = new ConsoleFiles(this, 'Files', { stage, folder: props.folder });
    const distribution = this.#distribution(bucket, props.api.restApiId);
    const address = stage.consoleDomain?.name ?? distribution.distributionDomainName;
    this.output('ConsoleUrl', `https://${address}/`, 'The console');
    if (stage.consoleDomain) {
      const { distributionDomainName } = distribution;
      this.output('ConsoleAlias', distributionDomainName, "What the console's name points to");
    }
  }

  #distribution(bucket: HouseBucket, restApiId: string): Distribution {
    const { stage } = this;
    const responseHeadersPolicy = this.#headers();
    const viewerProtocolPolicy = ViewerProtocolPolicy.REDIRECT_TO_HTTPS;
    const logBucket = this.#logBucket();
    const distribution = new Distribution(this, 'Distribution', {
      comment: `Paysaga (${stage.name}): the console`,
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      ...this.#name(),
      ...(logBucket ? { enableLogging: true, logBucket: logBucket as IBucket } : {}),
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(bucket as IBucket),
        viewerProtocolPolicy,
        responseHeadersPolicy,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        compress: true,
      },
      additionalBehaviors: {
        [`/${apiStageName}/*`]: {
          origin: new HttpOrigin(`${restApiId}.execute-api.${this.region}.${this.urlSuffix}`, {
            protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
            originSslProtocols: [OriginSslPolicy.TLS_V1_2],
            // As long as API Gateway itself waits.
            readTimeout: Duration.seconds(30),
          }),
          // A redirected request would have sent its key in the clear before.
          viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
          responseHeadersPolicy,
          allowedMethods: AllowedMethods.ALLOW_ALL,
          cachePolicy: CachePolicy.CACHING_DISABLED,
          // API Gateway finds the API by the host: with the viewer's it would find none.
          originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        },
      },
    });
    acknowledge(distribution, {
      CFR1: 'Operators may be anywhere, and every call needs a key; what the files say is public.',
      CFR2: 'A firewall belongs to who runs the account; what one would keep out here, the throttle and the key check of the API do.',
      ...(logBucket
        ? {}
        : { CFR3: 'The stage has no real payments, and the API has an access log of its own.' }),
      ...(stage.consoleDomain
        ? {}
        : {
            CFR4: "CloudFront fixes the least version for its own domain; the stage's consoleDomain names another, with TLS 1.2.",
          }),
    });
    return distribution;
  }

  #name(): Pick<DistributionProps, 'domainNames' | 'certificate' | 'minimumProtocolVersion'> {
    const { consoleDomain } = this.stage;
    return consoleDomain === null
      ? {}
      : {
          domainNames: [consoleDomain.name],
          minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
          certificate: Certificate.fromCertificateArn(
            this,
            'Certificate',
            consoleDomain.certificateArn,
          ),
        };
  }

  #headers(): ResponseHeadersPolicy {
    const override = true;
    return new ResponseHeadersPolicy(this, 'Headers', {
      comment: `Paysaga (${this.stage.name}): what a browser may do with the console`,
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy, override },
        contentTypeOptions: { override },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override },
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(730),
          includeSubdomains: true,
          override,
        },
      },
    });
  }

  /**
   * Who asked for what, and from where: behind CloudFront the API's own access log has only
   * CloudFront's addresses. Kept where it is evidence.
   */
  #logBucket(): HouseBucket | undefined {
    const { stage } = this;
    return stage.removal === 'retain'
      ? new HouseBucket(this, 'AccessLogs', {
          stage,
          // CloudFront delivers by an access control list, and to no bucket under a key of ours.
          takesAcls: true,
          retentionDays: stage.logRetentionDays,
          unloggedBecause: 'It is the log of the access to the console.',
          empties: false,
        })
      : undefined;
  }
}
