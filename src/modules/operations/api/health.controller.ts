import '../policies';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { statfs } from 'node:fs/promises';
import { CONFIG, type Config } from '../../../config';
import { DomainError } from '../../../kernel';
import { Act } from '../../../platform/auth';
import { UnitOfWork } from '../../../platform/database';
import { Shows } from '../../../platform/http';
import { leastFreeBytes } from '../domain/disk-room';

class HealthResponse {
  @Shows('状态', { example: 'ok' })
  status!: string;
}

@ApiTags('运行')
@Controller()
export class HealthController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('livez')
  @Act('operations.live', { description: '进程能应答即为存活，不访问数据库。' })
  @ApiOkResponse({ type: HealthResponse })
  live(): HealthResponse {
    return { status: 'ok' };
  }

  @Get('readyz')
  @Act('operations.ready', { description: '数据库可用、磁盘余量不低于百分之五（大盘为 5 GB）时为就绪，否则 503。' })
  @ApiOkResponse({ type: HealthResponse })
  async ready(): Promise<HealthResponse> {
    await this.unitOfWork.readAsSystem('readiness', (tx) => tx.query('select 1 from number_counter limit 1'));
    const disk = await statfs(this.config.dataDir);
    if (disk.bavail * disk.bsize < leastFreeBytes(disk.blocks * disk.bsize)) {
      throw new DomainError('unavailable', 'disk-full', '磁盘余量不足，请系统管理员清理或扩容。');
    }
    return { status: 'ok' };
  }
}
