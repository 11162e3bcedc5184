/** Which notices come by mail: part of the account page. */
import { Checkbox, Switch } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { MAIL_TOPICS } from '../../../contract/outgoing.ts';
import { useApiAction, useApiQuery } from '../../api/hooks.ts';
import { Loaded } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';

export function MailChoice(): ReactElement {
  const { t } = useTranslation();
  const choice = useApiQuery('mailChoiceGet', {});
  const save = useApiAction('mailChoiceSet');
  return (
    <div className="qc-stack">
      <ProblemAlert problem={save.problem} onClose={save.clear} />
      <Loaded query={choice}>
        {({ topics, onlyAsked, email, isOn }) => (
          <>
            <p className="qc-muted">
              {!isOn
                ? t('outgoing.choiceOff')
                : email === null
                  ? t('outgoing.choiceNoAddress')
                  : t('outgoing.choiceTo', { email })}
            </p>
            <Checkbox.Group
              value={topics}
              onChange={(chosen) =>
                void save.attempt({
                  body: { topics: MAIL_TOPICS.filter((topic) => chosen.includes(topic)), onlyAsked },
                })
              }
              options={MAIL_TOPICS.map((value) => ({ value, label: t(`states.mailTopic.${value}`) }))}
            />
            <label className="qc-row">
              <Switch
                size="small"
                checked={onlyAsked}
                onChange={(checked) => void save.attempt({ body: { topics, onlyAsked: checked } })}
              />
              {t('outgoing.onlyAsked')}
            </label>
          </>
        )}
      </Loaded>
    </div>
  );
}
