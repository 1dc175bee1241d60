import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { stages } from '../stages.ts';
import { targetOf } from '../target.ts';
import { synthesized } from '../testing/synth.ts';
import { ConsoleStack } from './console-stack.ts';

const awsStages = ['dev', 'prod'] as const;

/** The one resource of a type in a stage's console stack. */
function consoleOf(name: (typeof awsStages)[number]) {
  const { console } = synthesized(name).stacks;
  if (!console) {
    throw new Error(`the stage ${name} has no console`);
  }
  const template = Template.fromStack(console);
  return {
    template,
    distribution: Object.values(template.findResources('AWS::CloudFront::Distribution'))[0]
      ?.Properties.DistributionConfig,
  };
}

describe.each(awsStages)('the console of the stage %s', (name) => {
  it('is read from a private bucket by its own distribution alone', () => {
    const { template, distribution } = consoleOf(name);
    template.allResourcesProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    const statements = Object.values(template.findResources('AWS::S3::BucketPolicy')).flatMap(
      ({ Properties }) => Properties.PolicyDocument.Statement,
    );
    const ofCloudFront = statements.filter(
      ({ Principal }) => Principal.Service === 'cloudfront.amazonaws.com',
    );
    expect(ofCloudFront).toEqual([
      expect.objectContaining({
        Effect: 'Allow',
        Action: 's3:GetObject',
        Condition: { StringEquals: { 'AWS:SourceArn': expect.anything() } },
      }),
    ]);
    const [files] = distribution.Origins;
    expect(files).toMatchObject({ OriginAccessControlId: expect.anything() });
    expect(files.S3OriginConfig.OriginAccessIdentity).toBe('');
    expect(distribution.DefaultRootObject).toBe('index.html');
  });

  it('has the API under its own origin: uncached, with all that the client sent but the host', () => {
    const { distribution } = consoleOf(name);
    const [behavior, ...others] = distribution.CacheBehaviors;
    expect(others).toEqual([]);
    expect(behavior).toMatchObject({
      PathPattern: '/v1/*',
      // Managed-CachingDisabled and Managed-AllViewerExceptHostHeader.
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      ViewerProtocolPolicy: 'https-only',
    });
    expect(behavior.AllowedMethods).toEqual(
      expect.arrayContaining(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
    );
    const origin = distribution.Origins.find(
      ({ Id }: { Id: string }) => Id === behavior.TargetOriginId,
    );
    expect(origin.CustomOriginConfig).toMatchObject({
      OriginProtocolPolicy: 'https-only',
      OriginSSLProtocols: ['TLSv1.2'],
    });
    expect(origin.OriginPath).toBeUndefined();
    const { followed, named } = synthesized(name);
    const imported = origin.DomainName['Fn::Join'][1][0];
    const api = named('AWS::ApiGateway::RestApi').find(([id]) =>
      JSON.stringify(followed(imported)).includes(id),
    );
    expect(api?.[1].Name).toBe(`paysaga-${name}`);
  });

  it("needs no other origin's page let into the API", () => {
    expect(stages[name].corsOrigins).toEqual([]);
  });

  it('tells browsers to load its own files alone, to frame it nowhere, and to stay with TLS', () => {
    const { template, distribution } = consoleOf(name);
    const [[id, policy] = ['', undefined]] = Object.entries(
      template.findResources('AWS::CloudFront::ResponseHeadersPolicy'),
    );
    const headers = policy?.Properties.ResponseHeadersPolicyConfig.SecurityHeadersConfig;
    const csp = headers.ContentSecurityPolicy.ContentSecurityPolicy;
    expect(csp).toContain("default-src 'self'");
    expect(csp).toContain("script-src 'self';");
    expect(csp).toContain("frame-ancestors 'none'");
    expect(headers).toMatchObject({
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: 'DENY' },
      ReferrerPolicy: { ReferrerPolicy: 'no-referrer' },
    });
    expect(headers.StrictTransportSecurity.AccessControlMaxAgeSec).toBeGreaterThanOrEqual(31536000);
    const { DefaultCacheBehavior, CacheBehaviors } = distribution;
    expect(DefaultCacheBehavior.ViewerProtocolPolicy).toBe('redirect-to-https');
    for (const behavior of [DefaultCacheBehavior, ...CacheBehaviors]) {
      expect(behavior.ResponseHeadersPolicyId).toEqual({ Ref: id });
    }
  });

  it('puts what may be kept for ever there first, and then the page that names it', () => {
    const { template } = consoleOf(name);
    const copies = Object.entries(template.findResources('Custom::CDKBucketDeployment'));
    const byCache = (cache: string) =>
      copies.find(([, { Properties }]) => Properties.SystemMetadata['cache-control'] === cache);
    const hashed = byCache('public, max-age=31536000, immutable');
    const unhashed = byCache('no-cache');
    expect(copies).toHaveLength(2);
    expect(unhashed?.[1].DependsOn).toContain(hashed?.[0]);
    for (const [, { Properties }] of copies) {
      expect(Properties.Prune).toBe(false);
    }
    const [bucket = ''] = Object.keys(template.findResources('AWS::S3::Bucket')).filter((id) =>
      id.startsWith('FilesBucket'),
    );
    expect(JSON.stringify(template.findResources('AWS::S3::Bucket')[bucket])).not.toContain(
      'ExpirationInDays',
    );
  });

  it('has no key and no identity in its settings', () => {
    const { app } = synthesized(name);
    consoleOf(name);
    const texts = settingsIn(app.outdir);
    expect(texts).toContain(JSON.stringify({ stage: name, api_url: '/v1' }));
    for (const text of texts) {
      expect(Object.keys(JSON.parse(text))).toEqual(['stage', 'api_url']);
    }
  });

  it('says where it is', () => {
    const { template } = consoleOf(name);
    expect(JSON.stringify(template.findOutputs('ConsoleUrl'))).toContain('DomainName');
  });
});

/** The texts of every `config.json` among the assets of an assembly. */
function settingsIn(outdir: string): string[] {
  return readdirSync(outdir, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('config.json'))
    .map((file) => readFileSync(join(outdir, file), 'utf8'));
}

describe('who asked for what', () => {
  it('is logged where it is evidence, for as long as the stage keeps logs', () => {
    const { template, distribution } = consoleOf('prod');
    expect(distribution.Logging.Bucket).toBeDefined();
    template.hasResourceProperties('AWS::S3::Bucket', {
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] },
      LifecycleConfiguration: {
        Rules: [Match.objectLike({ ExpirationInDays: stages.prod.logRetentionDays })],
      },
    });
    expect(consoleOf('dev').distribution.Logging).toBeUndefined();
  });
});

describe('a stage that names its console', () => {
  it('serves it by that name, over TLS 1.2 and newer', () => {
    const outdir = mkdtempSync(join(tmpdir(), 'paysaga-console-'));
    const stage = {
      ...stages.prod,
      consoleDomain: {
        name: 'console.example.com',
        certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/a-certificate',
      },
    };
    const stack = new ConsoleStack(new App({ outdir, analyticsReporting: false }), {
      stage,
      target: targetOf(stage, {}),
      folder: import.meta.dirname,
      api: { restApiId: 'abc' },
    });
    const template = Template.fromStack(stack);
    rmSync(outdir, { recursive: true });
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Aliases: ['console.example.com'],
        ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only' },
      },
    });
    template.hasOutput('ConsoleUrl', { Value: 'https://console.example.com/' });
    expect(Object.keys(template.findOutputs('*'))).toContain('ConsoleAlias');
  });
});

describe('the local stage', () => {
  it('has no console among its stacks: the emulator has no CloudFront', () => {
    expect(synthesized('local').stacks.console).toBeUndefined();
  });
});
