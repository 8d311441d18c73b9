import { defineConstraints } from '#platform';

defineConstraints('volunteering', {
  attendance_note_sign_up_known: { unreachable: 'the sign-up is locked by the act that the note belongs to' },
  attendance_note_act_known: { unreachable: 'NotedAct lists the same acts for the compiler' },
  attendance_note_reason_length: { unreachable: 'the requests take reasons of 1 to 1,000 characters' },
});
