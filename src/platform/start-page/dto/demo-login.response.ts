export class BilingualResponse {
  zh: string;
  en: string;
}

export class DemoLoginResponse {
  login: string;
  password: string;
  role: BilingualResponse;
}
