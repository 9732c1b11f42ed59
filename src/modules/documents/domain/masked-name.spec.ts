import { maskedName } from './masked-name';

describe('a name for strangers', () => {
  it.each([
    ['李建国', '李＊＊'],
    ['王敏', '王＊'],
    ['李', '李＊'],
    ['阿拉坦·其其格', '阿＊＊＊＊＊'],
    ['呼和浩特市某某物业服务有限公司', '呼＊＊＊＊＊'],
    ['𠮷野家', '𠮷＊＊'],
    [' 张三 ', '张＊'],
  ])('%s → %s', (name, masked) => {
    expect(maskedName(name)).toBe(masked);
  });
});
