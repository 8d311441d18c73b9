export class MessageResponse {
  id: string;
  /** The kind of event, e.g. `contracts.milestone-accepted.v1`. */
  eventType: string;
  /** The kind of object to open, e.g. `contract`, and its id. */
  aboutType: string;
  aboutId: string;
  subjectZh: string;
  bodyZh: string;
  subjectEn: string;
  bodyEn: string;
  createdAt: string;
  readAt: string | null;
}

export class MessagePageResponse {
  items: MessageResponse[];
  nextCursor: string | null;
}

export class UnreadCountResponse {
  unread: number;
}

export class PreferenceResponse {
  emailEnabled: boolean;
  followedAreas: string[];
}

export class UnresolvedEmailResponse {
  id: string;
  messageId: string;
  eventType: string;
  state: 'uncertain' | 'failed';
  /** Dialogues with the mail server that were begun. */
  attempts: number;
  /** The Message-ID header, to look for in the mail server's log. */
  smtpMessageId: string;
  lastError: string | null;
  sendingAt: string | null;
}

export class UnresolvedEmailPageResponse {
  items: UnresolvedEmailResponse[];
  nextCursor: string | null;
}
