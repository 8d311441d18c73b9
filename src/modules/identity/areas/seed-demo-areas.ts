import { Injectable } from '@nestjs/common';
import { type AreaImport, ImportAreas } from './import-areas.js';

/** Province codes end at 82: nothing under 99 can be taken for a real place. */
export const DEMO_DISTRICT = '999901';

const STREETS: readonly (readonly [street: string, communities: readonly string[]])[] = [
  ['清湾街道', ['银杏社区', '柳岸社区', '书院社区', '棋盘社区', '北闸社区']],
  ['石埠街道', ['石埠社区', '灯塔社区', '渔歌社区', '晒谷社区']],
  ['柳溪街道', ['柳溪社区', '新荷社区', '竹里社区', '枫桥头社区', '望湖社区', '南塘社区']],
  ['云桥街道', ['云桥社区', '钟楼社区', '织坊社区', '东渡社区']],
];

/** The invented district of the demonstration: district, streets, communities. Every name says that it is invented. */
@Injectable()
export class SeedDemoAreas {
  constructor(private readonly areas: ImportAreas) {}

  execute(): Promise<AreaImport> {
    const rows: [code: string, name: string][] = [
      ['99', '示例省'],
      ['9999', '示例市'],
      [DEMO_DISTRICT, '云桥区'],
    ];
    STREETS.forEach(([street, communities], s) => {
      const code = `${DEMO_DISTRICT}${String(s + 1).padStart(3, '0')}`;
      rows.push([code, street]);
      communities.forEach((community, c) =>
        rows.push([`${code}${String(c + 1).padStart(3, '0')}`, community]),
      );
    });
    const csv = `code,name\n${rows.map(([code, name]) => `${code},${name}（虚构）\n`).join('')}`;
    return this.areas.execute(Buffer.from(csv), 'invented for the demonstration');
  }
}
