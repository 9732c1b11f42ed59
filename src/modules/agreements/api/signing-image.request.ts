import { OneOf, Uuid } from '../../../platform/http';
import { CONSENT_GIVEN, IMAGE_KINDS, type ImageKind } from '../domain/dictionaries';

export class AddSigningImageRequest {
  @Uuid({ label: '签署', description: '影像所属的签名' })
  markId!: string;

  @OneOf({ label: '种类', values: IMAGE_KINDS, example: 'photo' })
  kind!: ImageKind;

  @OneOf({
    label: '签署人本人的单独同意',
    values: CONSENT_GIVEN,
    description: '同意书全文见协议的签署安排；不同意的不留存，不影响签署',
    example: 'given',
  })
  consent!: keyof typeof CONSENT_GIVEN;
}
