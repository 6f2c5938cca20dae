package dev.zhiku.answering.answer;

import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.ChatBackendContract;

class ScriptedChatBackendTest extends ChatBackendContract {
  @Override
  protected ChatBackend create() {
    return ScriptedChatBackend.saying("正式员工每年享有 15 天带薪年假。 [1]");
  }
}
