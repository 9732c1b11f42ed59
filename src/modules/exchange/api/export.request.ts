import { OmitType } from '@nestjs/swagger';
import { OneOfList } from '../../../platform/http';
import { ListDisputesQueryRequest } from '../../disputes';
import { EXPORT_COLUMN_NAMES, type ExportColumnKey } from '../application/export-columns';

/** The conditions of the list on the screen, and the columns to be written. */
export class ExportMattersRequest extends OmitType(ListDisputesQueryRequest, ['limit', 'cursor']) {
  @OneOfList({ label: '导出的列', values: EXPORT_COLUMN_NAMES, min: 1, example: ['registrationNumber', 'title'] })
  columns!: ExportColumnKey[];
}
