import { defineObject } from '#platform';
import { Project } from './project.entity.js';
import { projectStates } from './project.state.js';

export const projectObject = defineObject({
  name: 'projects.project',
  entity: Project,
  machines: { state: projectStates },
  acts: {
    open: { zh: '建立', en: 'opened' },
    describe: { zh: '编辑介绍', en: 'described' },
  },
  traced: ['contractId', 'startsOn', 'endsOn'],
});
