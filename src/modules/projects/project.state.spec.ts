import { describe, expect, it } from '@jest/globals';
import { arrowsOf } from '../../../test/support/arrows.js';
import { projectStates } from './project.state.js';

describe('the states of a project', () => {
  it('complete only what has begun, and cancel nothing that is over', () => {
    expect(projectStates.initial).toBe('planned');
    expect(arrowsOf(projectStates)).toEqual([
      'planned → active: begin',
      'active → completed: complete',
      'planned → cancelled: cancel',
      'active → cancelled: cancel',
    ]);
  });
});
