import { OneOf, Text, UuidList } from '../../../platform/http';
import { RETENTIONS } from '../application/dossier-papers';
import { DOSSIER_KINDS, type DossierKind } from '../domain/dossier-kinds';

export class BindDossierRequest {
  @OneOf({ label: '装订种类', values: DOSSIER_KINDS, example: 'full' })
  kind!: DossierKind;

  @OneOf({
    label: '保管期限',
    values: RETENTIONS,
    optional: true,
    description: '印在封面上；已经出具封面的，以封面为准',
    example: 'long',
  })
  retention?: keyof typeof RETENTIONS;

  @Text({
    label: '备注',
    max: 200,
    optional: true,
    description: '印在封面备注栏和目录后面',
    example: '原件两件存调委会档案柜',
  })
  note?: string;

  @UuidList({
    label: '另附的材料',
    max: 50,
    min: 1,
    optional: true,
    description: '目录以外需要一并装订的在卷材料，例如裁定书、权属证明、当事人的书面申请',
  })
  attachmentIds?: string[];
}
