import { Flag, OneOf, Text } from '../../../platform/http';
import { ANCHOR_PURPOSES, type AnchorPurpose } from '../application/trust-anchors';
import { SEAL_ORIGINS, type SealOrigin } from '../domain/seal-lifecycle';

/** A root made for this description alone; its key was thrown away. */
const EXAMPLE_ROOT = [
  '-----BEGIN CERTIFICATE-----',
  'MIIBwTCCAWegAwIBAgIUSOGTEuXmfmgbAHheAFD/Ljdw+ekwCgYIKoZIzj0EAwIw',
  'NjELMAkGA1UEBhMCQ04xJzAlBgNVBAMMHuekuuS+i+aXtumXtOaIs+acuuaehOag',
  'ueivgeS5pjAeFw0yNjExMjEwMzU3NTFaFw00NjExMTYwMzU3NTFaMDYxCzAJBgNV',
  'BAYTAkNOMScwJQYDVQQDDB7npLrkvovml7bpl7TmiLPmnLrmnoTmoLnor4HkuaYw',
  'WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARyNYyX3A4RjfXEc1sKVfRTP2zMrQ9e',
  'ooTq7IsCHV6EeuXQvEJFw9TD2m6WL3rCu2boyAs07muAFrBuFyP6O997o1MwUTAd',
  'BgNVHQ4EFgQUINWzbkW7cVYfmVU0WZWxvNuWSo8wHwYDVR0jBBgwFoAUINWzbkW7',
  'cVYfmVU0WZWxvNuWSo8wDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBF',
  'AiB8keHtwyhlu/IbI9nJOiRZH0u7+1m7QRIG+GbF83YFswIhAO4qsnw38rGrlhmh',
  'YjXFd1n9EDWsDAG0Y1nCfa22zdZy',
  '-----END CERTIFICATE-----',
].join('\n');

export class InstallSealRequest {
  @OneOf({ label: '证书来源', values: SEAL_ORIGINS, example: 'demo' })
  origin!: SealOrigin;

  @Text({
    label: '印章编码',
    max: 18,
    optional: true,
    pattern: /^[0-9A-Za-z]+$/,
    patternHint: '印章编码只含数字和字母',
    example: '1501020012345',
  })
  code?: string;

  @Flag({ label: '是否实行双人用印', example: false, description: '申请用印与盖章须为不同的人' })
  requiresSecondPerson!: boolean;

  @Text({
    label: '证书文件',
    max: 200_000,
    optional: true,
    description: '.p12 文件的 Base64，来源为导入时必填',
    example: 'MIIJcgIBAzCCCSg=',
    pattern: /^[A-Za-z0-9+/]+={0,2}$/,
    patternHint: '证书文件应为 Base64',
  })
  pkcs12?: string;

  @Text({
    label: '证书文件口令',
    max: 128,
    optional: true,
    description: '只用于打开文件，不保存',
    example: 'Yan-shi-2026',
  })
  password?: string;

  @Text({
    label: '密钥名称',
    max: 200,
    optional: true,
    description: '密码设备里密钥和证书的标签，或签名服务给的密钥编号；来源为密码设备、签名服务时必填',
    example: '光明社区调委会',
  })
  keyName?: string;
}

export class RetireSealRequest {
  @Text({ label: '停用理由', max: 500, multiline: true, example: '印章证书介质遗失。' })
  reason!: string;
}

export class AddTrustAnchorRequest {
  @OneOf({ label: '用于核验', values: ANCHOR_PURPOSES, example: 'timestamp' })
  purpose!: AnchorPurpose;

  @Text({ label: '根证书', max: 20_000, multiline: true, description: 'PEM 格式', example: EXAMPLE_ROOT })
  certificatePem!: string;
}
